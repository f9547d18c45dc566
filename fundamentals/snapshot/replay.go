package snapshot

import (
	"fmt"
	"slices"

	"assay/fundamentals"
	"assay/fundamentals/standard"
	"assay/rules"
)

// panelDay is the table of a panel in the making.
type panelDay struct {
	t       *Table
	names   map[fundamentals.CIK]string
	listed  map[fundamentals.CIK]listing
	readers []reader // by plane
	cells   []cells  // by plane
	rows    []bool   // by company: whether it is a row
}

// reader reads a plane of one company.
type reader struct {
	kind   rules.Kind
	text   func(*company) string
	number func(*company) rules.Value
	item   int // of the concept map, where neither is there
}

// bind finds out how each plane is read on the day.
func (d *panelDay) bind(planes []rules.Ref, companies int) error {
	d.rows = make([]bool, companies)
	for _, ref := range planes {
		var r reader
		var ok bool
		if r.item, ok = standard.Concepts().Index(ref.Name); ok {
			r.kind = rules.Number
		} else if r.text, ok = d.t.textOf(ref.Name); ok {
			r.kind = rules.Text
		} else if r.number, r.kind, ok = d.t.numberOf(ref); !ok {
			return fmt.Errorf("column %s: the catalogue names it, but nothing computes it", ref.Name)
		}
		d.readers, d.cells = append(d.readers, r), append(d.cells, newCells(r.kind, companies))
	}
	return nil
}

// replayer fills the tables of some days from one company after the other.
type replayer struct {
	days   []*panelDay
	planes []rules.Ref

	items []rules.Value // by plane: what was read of the company at hand
	read  []bool        // by plane: whether that stands for the day at hand
}

// cells are a plane in the making: a cell for each company, of which those follow that
// are rows of the table.
type cells struct {
	f     []float64
	why   []rules.Reason
	texts []string
}

func newCells(kind rules.Kind, n int) cells {
	if kind == rules.Text {
		return cells{texts: make([]string, n)}
	}
	return cells{f: make([]float64, n), why: make([]rules.Reason, n)}
}

// take replays a company: between two filings its line items do not change, nor does
// anything else but by the day.
func (p *replayer) take(at int, c *standard.Company) {
	m := standard.Concepts()
	var row company
	var splits []fundamentals.Split // those found among them
	for _, d := range p.days {
		l, alike := d.listed[c.CIK], false
		if row.view == nil || !l.same(row.listing) {
			row = newCompany(c.CIK, "", l)
			splits = withFound(m, c, row.splits)
			row.view = c.View(m, d.t.asOf, row.splits)
		} else {
			row.view, alike = row.view.On(d.t.asOf)
		}
		if !alike {
			clear(p.read)
		}
		if row.view.Anchor == 0 {
			continue
		}
		row.name = d.names[c.CIK]
		row.book = l.book(d.t.priced, splits, nil)
		d.rows[at] = true
		p.fill(d, at, &row)
	}
}

// fill reads all planes of a company on one day.
func (p *replayer) fill(d *panelDay, at int, row *company) {
	for i := range p.planes {
		r, to := &d.readers[i], &d.cells[i]
		var v rules.Value
		switch {
		case r.text != nil:
			to.texts[at] = r.text(row)
			continue
		case r.number != nil:
			v = r.number(row)
		default:
			var off bool
			if v, off = d.t.itemOff(r.item, row); off {
				break
			}
			if !p.read[i] {
				p.items[i], p.read[i] = row.view.Read(r.item, p.planes[i].At).Value, true
			}
			v = p.items[i]
		}
		if v.Why == rules.Known {
			to.f[at] = v.F
		}
		to.why[at] = v.Why
	}
}

// same reports whether a company trades as before.
func (l listing) same(other listing) bool {
	return l.security == other.security && l.tape == other.tape && slices.Equal(l.line, other.line)
}

// columns hands the planes over to the table.
func (d *panelDay) columns(planes []rules.Ref) {
	for i, ref := range planes {
		c := d.cells[i]
		v := &rules.Vector{Kind: d.readers[i].kind, F: only(c.f, d.rows), Why: only(c.why, d.rows)}
		if v.Kind == rules.Text {
			v = rules.Texts(only(c.texts, d.rows), rules.NotReported)
		} else if !slices.ContainsFunc(v.Why, func(why rules.Reason) bool { return why != rules.Known }) {
			v.Why = nil
		}
		d.t.planes[ref] = v
	}
	d.t.state, d.cells = nil, nil
}

// only moves the cells that are rows together.
func only[T any](cells []T, rows []bool) []T {
	n := 0
	for i := range cells {
		if rows[i] {
			cells[n] = cells[i]
			n++
		}
	}
	return cells[:n]
}
