// Package fsds reads the SEC's Financial Statement Data Sets: a quarter's
// filings as the tables sub.txt (filings), num.txt (numbers) and tag.txt (what
// the tags measure), in a zip or a folder. pre.txt says how numbers are shown,
// with signs turned for the reader's eye; num.txt has them as filed, so it is
// not read.
//
//  1. sub.txt gives company, name, SIC and year end as of the filing, form, day of
//     filing and time of acceptance. The time is New York's: every hour from 6 to
//     21 occurs and no other, and what came after 17:30 has the next business day
//     as its day of filing. It is to the minute.
//  2. tag.txt gives the type of each tag of a standard taxonomy. The sets drop
//     the denominator of a unit: a tag of type perShare in "USD" is in USD/shares,
//     as companyfacts has it; of one of type perUnit nothing says per what, so its
//     rows are left aside.
//  3. num.txt comes in no order and has millions of rows, so it is read once a
//     slice: a slice holds the rows of those filings whose accession number
//     hashes to it, sorts them by filing and emits them as rounded facts, whose
//     dates the store settles (see [fundamentals.RoundedFact]).
//  4. A number of a co-registrant or of a segment is never the company's. If the
//     segment is a class of stock alone and the number its shares outstanding, it
//     is emitted as a share class; else it is left aside.
//
// Tags of the filer's own (version = accession number) are left aside: they mean
// something in one filing only, no line item can be made of them, and
// companyfacts has none either. What is left aside is counted in a notice; a row
// that cannot be is rejected with its file and line.
package fsds

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"assay/fundamentals"
	"assay/fundamentals/source"
)

const (
	subName = "sub.txt"
	numName = "num.txt"
	tagName = "tag.txt"
	preName = "pre.txt"
)

// sliceSize is the size of num.txt that is held at a time, about: a third of
// it in memory.
const sliceSize = 64 << 20

// Kind is the kind of quarters of the Financial Statement Data Sets.
func Kind() source.Kind { return kind(sliceSize) }

// kind is Kind with another size of slices, for tests.
func kind(sliceSize int64) source.Kind {
	return source.Kind{
		Name:    "fsds",
		About:   "SEC Financial Statement Data Sets: 2010q2.zip, or a folder with sub.txt, num.txt and tag.txt",
		Parser:  1,
		Accepts: func(base string) bool { return slices.Contains([]string{subName, numName, tagName, preName}, base) },
		Join:    func(folder string, files []source.File) ([]source.File, error) { return join(folder, files, sliceSize) },
		Parse:   parse,
	}
}

// join makes a quarter of its tables.
func join(folder string, files []source.File, sliceSize int64) ([]source.File, error) {
	var tables []source.File
	var size int64
	for _, name := range []string{subName, numName, tagName} {
		n := len(tables)
		for _, f := range files {
			if f.Base == name {
				tables = append(tables, f)
				size = max(size, f.Unpacked)
			}
		}
		switch len(tables) - n {
		case 0:
			return nil, fmt.Errorf("%s is not there: a quarter needs sub.txt, num.txt and tag.txt together", name)
		case 1:
		default:
			return nil, fmt.Errorf("%s is there more than once", name)
		}
	}
	return source.Together(folder, tables, int(1+size/sliceSize)), nil
}

// parser parses one slice of a quarter.
type parser struct {
	ctx      context.Context
	file     source.File
	findings source.Findings
	first    bool // of the slices: it speaks of what all slices read

	filings   []filing
	byNumber  map[string]int32 // accession number -> index into filings
	tags      map[string]tag   // by name and version, a tab between
	facts     []fact
	units     []string
	byUnit    map[string]uint16
	used      []fundamentals.Tag
	byTag     map[fundamentals.Tag]int32
	classes   []class
	leftAside leftAside
}

func parse(ctx context.Context, file source.File, emit source.Emit) (source.Findings, error) {
	slice, _ := file.Slice()
	p := &parser{
		ctx: ctx, file: file, first: slice == 0,
		byNumber: map[string]int32{}, tags: map[string]tag{}, byUnit: map[string]uint16{}, byTag: map[fundamentals.Tag]int32{},
	}
	for _, t := range []struct {
		name string
		read func(*table) error
	}{{subName, p.readFilings}, {tagName, p.readTags}, {numName, p.readNumbers}} {
		if err := p.read(t.name, t.read); err != nil {
			return p.findings, fmt.Errorf("%s: %w", t.name, err)
		}
	}
	if len(p.byNumber) == 0 {
		return p.findings, fmt.Errorf("%s: there is no filing in it", subName)
	}
	if notice := p.leftAside.String(); notice != "" {
		p.findings.Notices = append(p.findings.Notices, notice)
	}
	return p.findings, p.emit(emit)
}

func (p *parser) read(name string, read func(*table) error) (err error) {
	part, err := p.file.Part(name)
	if err != nil {
		return err
	}
	text, err := part.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	return read(newTable(text))
}

// mine reports whether the rows of a filing belong to the slice.
func (p *parser) mine(accession []byte) bool {
	slice, of := p.file.Slice()
	if of == 1 {
		return true
	}
	h := uint32(2166136261) // FNV-1a
	for _, c := range accession {
		h = (h ^ uint32(c)) * 16777619
	}
	return int(h%uint32(of)) == slice
}

// reject rejects a row of a table.
func (p *parser) reject(name string, line int, format string, args ...any) {
	p.findings.Rejected.Add(fmt.Sprintf("%s line %d", name, line), format, args...)
}
