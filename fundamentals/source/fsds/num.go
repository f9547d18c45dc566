package fsds

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"assay/fundamentals"
)

// fact is a row of num.txt that is the company's, in numbers: they are many.
type fact struct {
	value    float64
	filing   int32
	tag      int32
	end      fundamentals.Date
	unit     uint16
	quarters uint16
}

// leftAside counts rows of num.txt that are in order and not a company's facts.
type leftAside struct {
	registrant, segment, custom, empty, perUnit, short int
}

// String lists what there is, "" if there is nothing.
func (l leftAside) String() string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{
		{l.segment, "of segments"}, {l.registrant, "of co-registrants"}, {l.custom, "of the filers' own tags"}, {l.empty, "without a value"},
		{l.perUnit, "per a unit that is not said"}, {l.short, "of less than half a quarter"},
	} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	if parts == nil {
		return ""
	}
	return "left aside: " + strings.Join(parts, ", ")
}

// columns of num.txt
const (
	adsh = iota
	tagColumn
	version
	ddate
	qtrs
	uom
	value
	coreg
	segments
)

// readNumbers holds the rows of the slice.
func (p *parser) readNumbers(t *table) error {
	at, err := t.header([]string{"adsh", "tag", "version", "ddate", "qtrs", "uom", "value"}, []string{"coreg", "segments"})
	if err != nil {
		return err
	}
	for {
		if t.line%4096 == 0 && p.ctx.Err() != nil {
			return p.ctx.Err()
		}
		if err := t.next(); err == io.EOF {
			return p.ctx.Err()
		} else if err != nil {
			return err
		}
		if !t.whole() {
			if p.first {
				p.reject(numName, t.line, "%s", t.why())
			}
			continue
		}
		if !p.mine(t.cell(at[adsh])) {
			continue
		}
		if why := p.number(t, at); why != "" {
			p.reject(numName, t.line, "%s", why)
		}
	}
}

// number takes a row of the slice, or says why it cannot be.
func (p *parser) number(t *table, at []int) (why string) {
	filing, ok := p.byNumber[string(t.cell(at[adsh]))]
	if !ok {
		return "sub.txt has no filing " + quote(t.cell(at[adsh]))
	}
	if _, standard := standard(t.cell(at[version])); !standard {
		p.leftAside.custom++
		return ""
	}
	f := fact{filing: filing}
	if f.end, ok = date(t.cell(at[ddate])); !ok || (f.end+1).Time().Day() != 1 {
		return "its ddate is " + quote(t.cell(at[ddate])) + " and no month end"
	}
	quarters, err := strconv.ParseUint(string(t.cell(at[qtrs])), 10, 9)
	if err != nil {
		return "its qtrs is " + quote(t.cell(at[qtrs]))
	}
	f.quarters = uint16(quarters)
	if start := (fundamentals.RoundedFact{End: f.end, Quarters: int(quarters)}).Start(); start < 0 || start == 0 && quarters > 0 {
		return fmt.Sprintf("%d quarters to %s start before 1970", quarters, f.end)
	}
	if len(t.cell(at[uom])) == 0 {
		return "it has no uom"
	}
	if len(t.cell(at[value])) == 0 {
		p.leftAside.empty++
		return ""
	}
	f.value, err = strconv.ParseFloat(string(t.cell(at[value])), 64)
	if err != nil || math.IsInf(f.value, 0) || math.IsNaN(f.value) {
		return "its value is " + quote(t.cell(at[value]))
	}
	tag, ok := p.tags[string(t.cell(at[tagColumn]))+"\t"+string(t.cell(at[version]))]
	if !ok {
		return fmt.Sprintf("tag.txt has no tag %s of %s", quote(t.cell(at[tagColumn])), t.cell(at[version]))
	}
	f.tag = tag.id
	switch {
	case len(t.cell(at[coreg])) > 0:
		p.leftAside.registrant++
	case len(t.cell(at[segments])) > 0:
		p.class(f, string(t.cell(at[segments])), string(t.cell(at[uom])))
	case tag.over == unknown:
		p.leftAside.perUnit++
	case tag.duration && f.quarters == 0:
		p.leftAside.short++ // where it starts cannot be told
	case !tag.duration && f.quarters > 0:
		return fmt.Sprintf("%s is of an instant, its qtrs is %d", t.cell(at[tagColumn]), f.quarters)
	case len(p.units) > math.MaxUint16:
		return "the file has too many units"
	default:
		f.unit = p.unitNumber(unit(t.cell(at[uom]), tag.over))
		p.facts = append(p.facts, f)
	}
	return ""
}

func (p *parser) unitNumber(name []byte) uint16 {
	id, ok := p.byUnit[string(name)]
	if !ok {
		id = uint16(len(p.units))
		p.byUnit[string(name)] = id
		p.units = append(p.units, string(name))
	}
	return id
}
