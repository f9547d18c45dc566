package sample

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"assay/fundamentals"
)

// Options say what [Generate] makes.
type Options struct {
	Companies int
	Years     int // of reports and prices up to [AsOf]
	Seed      uint64
	// WithoutNotes leaves out the facts of the notes, more than half of all, which
	// no metric reads.
	WithoutNotes bool
}

// Limits of [Options].
const (
	MaxCompanies = most
	MinYears     = 3
	MaxYears     = 40
)

// ErrNotEmpty is wrapped by the error of [Generate] for a folder with files in it.
var ErrNotEmpty = errors.New("the folder has files in it")

// Generate invents companies by the thousand and writes what [Write] does, in the
// formats that ingest reads: files of facts as EDGAR has them (gzip), and lists of
// securities, splits and daily prices as traded (gzip). They have what real files
// trip programs up with: years that end in any month or in weeks, tags that change
// their names, reports filed again and numbers restated, items left out, companies
// that come and go, splits, second classes of shares, slips of a thousand, banks,
// insurers and trusts. Equal options give equal bytes.
//
// The folder appears when all is written, and not at all when ctx ends before; one
// that is there must be empty, and stays so until then but for a folder in which the
// files are made. done, unless nil, is told how many companies are made.
func Generate(ctx context.Context, dir string, opts Options, done func(n, total int)) (files Files, err error) {
	switch {
	case opts.Companies < 1 || opts.Companies > MaxCompanies:
		return Files{}, fmt.Errorf("sample: %d companies: 1 to %d can be made", opts.Companies, MaxCompanies)
	case opts.Years < MinYears || opts.Years > MaxYears:
		return Files{}, fmt.Errorf("sample: %d years: %d to %d can be made", opts.Years, MinYears, MaxYears)
	}
	dir = filepath.Clean(dir)
	there, err := os.ReadDir(dir)
	isNew := errors.Is(err, fs.ErrNotExist)
	switch {
	case len(there) > 0:
		return Files{}, fmt.Errorf("sample: %s: %w", dir, ErrNotEmpty)
	case err != nil && !isNew:
		return Files{}, fmt.Errorf("sample: %w", err)
	}
	within := dir // a folder that is there may be this one, or a disk of its own: it cannot be renamed
	if isNew {
		within = filepath.Dir(dir)
	}
	if err := os.MkdirAll(within, 0o755); err != nil {
		return Files{}, fmt.Errorf("sample: %w", err)
	}
	making, err := os.MkdirTemp(within, "."+filepath.Base(dir)+"-")
	if err != nil {
		return Files{}, fmt.Errorf("sample: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(making)) }()
	if err := generate(ctx, filesIn(making), opts, done); err != nil {
		return Files{}, inFolder(dir, making, err)
	}
	if err := show(making, dir, isNew); err != nil {
		return Files{}, fmt.Errorf("sample: %w", err)
	}
	files = filesIn(dir)
	files.Companies = opts.Companies
	return files, nil
}

// inFolder names the folder that is asked for in the place of the one in the making,
// which is gone when the error is read.
func inFolder(dir, making string, err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("sample: %s %s: %w", p.Op, strings.Replace(p.Path, making, dir, 1), p.Err)
	}
	return err
}

// show lets what was made appear: a new folder at once, one that was there file by file.
func show(making, dir string, isNew bool) error {
	if isNew {
		if err := os.Chmod(making, 0o755); err != nil {
			return err
		}
		return os.Rename(making, dir)
	}
	list, err := os.ReadDir(making)
	for _, f := range list {
		err = errors.Join(err, os.Rename(filepath.Join(making, f.Name()), filepath.Join(dir, f.Name())))
	}
	return err
}

func filesIn(dir string) Files {
	return Files{
		CompanyFacts: filepath.Join(dir, "companyfacts"), Securities: filepath.Join(dir, "securities.csv"),
		Splits: filepath.Join(dir, "splits.csv"), Prices: filepath.Join(dir, "prices.csv.gz"),
	}
}

// made is what lists have of a company, in the order of its number.
type made struct {
	securities, splits [][]string
	prices             []byte // deflated: parts of a gzip file stand one behind another
	err                error
}

// generate lets as many workers as there are processors make companies, and writes
// what they make in the order of the companies: it holds no more than a few at once.
func generate(ctx context.Context, files Files, opts Options, done func(n, total int)) error {
	if err := os.Mkdir(files.CompanyFacts, 0o755); err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	v := &inventor{seed: opts.Seed, years: opts.Years, until: AsOf}
	market := newTape(fundamentals.NewDate(AsOf.Year()-opts.Years, 1, 1), AsOf, v.dice(0, "market"))
	type job struct {
		i  int
		to chan made
	}
	jobs, queue := make(chan job), make(chan chan made, 2*runtime.GOMAXPROCS(0))
	ctx, stop := context.WithCancel(ctx)
	var workers sync.WaitGroup
	defer workers.Wait()
	defer stop()
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			m := maker{inventor: v, market: market, files: files, opts: opts, sheet: newSheet()}
			for j := range jobs {
				j.to <- m.make(j.i)
			}
		})
	}
	workers.Go(func() {
		defer close(queue)
		defer close(jobs)
		for i := range opts.Companies {
			j := job{i, make(chan made, 1)}
			select {
			case jobs <- j:
				queue <- j.to
			case <-ctx.Done():
				return
			}
		}
	})
	if err := collect(ctx, files, v, market, queue, opts.Companies, done); err != nil {
		stop()
		for range queue { // let the one who fills it end
		}
		return err
	}
	return nil
}

// collect writes the lists as companies are made.
func collect(ctx context.Context, files Files, v *inventor, market *tape, queue <-chan chan made, total int, done func(n, total int)) (err error) {
	var lists lists
	if err := lists.open(files); err != nil {
		return err
	}
	defer func() {
		if e := lists.close(); err == nil { // a full disk is told of once
			err = e
		}
	}()
	n := 0
	for to := range queue {
		if err := lists.add(<-to); err != nil {
			return err
		}
		if n++; done != nil {
			done(n, total)
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	index := v.index()
	return lists.add(made{
		securities: [][]string{{"", index.ticker, index.name, index.exchange, "", string(index.kind), index.listedFrom.String(), ""}},
		prices:     new(deflater).deflated(market.bars(nil, index, index.ticker, v.dice(0, "index"))),
	})
}

// index is the fund that holds all of the sample.
func (v *inventor) index() *company {
	c := priceOnly()[0]
	c.complete(0)
	c.era = &era{until: v.until, first: v.until}
	c.growth, c.beta, c.wander = .06, 1, .0005
	return &c
}

// maker makes one company after the other.
type maker struct {
	*inventor
	market *tape
	files  Files
	opts   Options
	sheet  *sheet
	deflater
	bars []byte
}

func (m *maker) make(i int) made {
	c := m.company(i)
	if err := m.writeFacts(c); err != nil {
		return made{err: fmt.Errorf("sample: %w", err)}
	}
	out := made{}
	m.bars = m.bars[:0]
	for k, ticker := range c.tickers() {
		out.securities = append(out.securities, []string{strconv.FormatInt(int64(c.cik), 10), ticker, c.name, c.exchange, strconv.Itoa(c.sic),
			string(ordinary), c.listedFrom.String(), c.listedTo.String()})
		if c.split != 0 {
			out.splits = append(out.splits, []string{ticker, c.splitDay.String(), strconv.FormatFloat(c.split, 'g', -1, 64)})
		}
		m.bars = m.market.bars(m.bars, c, ticker, m.dice(i, fmt.Sprintf("price %d", k)))
	}
	out.prices = m.deflated(m.bars)
	return out
}

// tickers are those of a company's classes of shares.
func (c *company) tickers() []string {
	if c.twoLists {
		return []string{c.ticker, c.ticker + "B"}
	}
	return []string{c.ticker}
}

// writeFacts writes the file of a company's facts.
func (m *maker) writeFacts(c *company) (err error) {
	m.sheet.clear()
	for i, f := range filings(c) {
		m.sheet.report(&f)
		tell := func(taxonomy, tag, unit string, start, end fundamentals.Date, value float64) {
			if i+1 == c.fault && tag == "Assets" {
				value /= 1000
			}
			m.sheet.say(taxonomy, c.tag(tag, f.filed), unit, start, end, value)
		}
		stateFacts(c, f, tell)
		if !m.opts.WithoutNotes {
			stateNotes(c, f, tell)
		}
	}
	out, err := os.Create(filepath.Join(m.files.CompanyFacts, "CIK"+c.cik.String()+".json.gz"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	return m.deflate(out, func(w io.Writer) error { return m.sheet.write(w, c) })
}

// deflater writes one gzip file after the other, fast rather than small.
type deflater struct {
	zip *gzip.Writer
}

func (d *deflater) deflate(out io.Writer, write func(io.Writer) error) (err error) {
	if d.zip == nil {
		if d.zip, err = gzip.NewWriterLevel(out, gzip.BestSpeed); err != nil {
			return err
		}
	}
	d.zip.Reset(out)
	if err := write(d.zip); err != nil {
		return err // closing it would say the same once more
	}
	return d.zip.Close()
}

// deflated returns a text as a gzip file.
func (d *deflater) deflated(text []byte) []byte {
	var out bytes.Buffer
	_ = d.deflate(&out, func(w io.Writer) error { _, err := w.Write(text); return err }) // a buffer takes all
	return out.Bytes()
}
