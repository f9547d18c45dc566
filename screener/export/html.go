package export

import (
	_ "embed"
	"html/template"
	"io"
	"strings"

	"assay/rules"
	"assay/screener"
)

// htmlFormat is one page that needs nothing else: the list, the funnel, and
// for each company what each condition says of it and where its values lie
// among those of the list, with small charts. It runs no script.
func htmlFormat() Format {
	return Format{
		Name: "html", Ending: ".html", ContentType: "text/html; charset=utf-8", About: "one page for the browser or a mail: list, funnel, a section per company", Whole: true, Evidence: true,
		Needs: screener.With{Conditions: true}, Write: writeHTML,
	}
}

//go:embed page.gohtml
var pageText string

// page is what the template shows.
type page struct {
	*screener.Result
	Facts     []fact
	Header    []pageHead
	Rows      []pageRow
	Stages    []pageStage
	Companies []pageCompany
	Doubts    []pageDoubts

	NearMisses []pageNear
}

type pageNear struct {
	Company, Name string
	Lines         []pageMiss
}

type pageMiss struct{ Condition, Verdict, Text, Sides, Distance, Lacks string }

type pageHead struct {
	Name   string
	Number bool
	Tip    string
}

type pageRow struct {
	Anchor string
	Cells  []pageCell
	Share  float64 // of the score bar, 0 to 100; below 0: none
}

type pageCell struct {
	Text    string
	Number  bool
	Missing bool
}

type pageStage struct {
	Name, Text             string
	Left, Dropped, Unknown int
	False, Alone           string
	LeftBar, UnknownBar    float64 // widths of 0 to 100
}

type pageCompany struct {
	Anchor, Title, Exchange string
	CIK                     string
	Flags                   []string
	Conditions              []pageCondition
	Values                  []pageValue
	Sources                 []cellSourceText
}

type pageCondition struct {
	screener.Finding
	Lines []pageComparison
}

type pageComparison struct {
	Verdict, Text, Sides, Distance string
	Bar                            *slackBar
	Points, Lacks                  string
}

type pageValue struct {
	Name, Text, Expression string
	Missing                bool
	Box                    *boxPlot
}

type pageDoubts struct {
	Title     string
	Companies []screener.Doubt
}

func writeHTML(w io.Writer, r *screener.Result) error {
	t, err := template.New("page").Parse(pageText)
	if err != nil {
		return err // the template is part of the program and has tests
	}
	return t.Execute(w, pageOf(r))
}

func pageOf(r *screener.Result) page {
	list := *r
	list.With.Evidence = false // told company by company
	columns := listColumns(&list, false)
	columns = columns[:len(columns)-1] // a missing value shows its reason
	p := page{Result: r, Facts: about(r), Stages: pageStages(r)}
	for i, c := range columns {
		tip := c.unit
		if at := i - fixedColumns; at >= 0 && at < len(r.Columns) {
			tip = r.Columns[at].Expression
		}
		p.Header = append(p.Header, pageHead{c.name, c.kind == rules.Number, tip})
	}
	for _, n := range r.Near {
		p.NearMisses = append(p.NearMisses, nearOf(n))
	}
	low, high := scoreRange(r)
	boxes := boxesOf(r)
	for i := range r.Candidates {
		c := &r.Candidates[i]
		row := pageRow{Anchor: "c" + c.CIK.String(), Share: share(c.Score, low, high)}
		for _, column := range columns {
			missing := !column.label && !column.cell(c).Known()
			row.Cells = append(row.Cells, pageCell{shown(column, c), column.kind == rules.Number, missing})
		}
		p.Rows = append(p.Rows, row)
		p.Companies = append(p.Companies, companyOf(r, c, row.Anchor, boxes))
	}
	for _, d := range []pageDoubts{{"Unknown", r.UnknownCompanies}, {"Universe unknown", r.UniverseUnknowns}} {
		if len(d.Companies) > 0 {
			p.Doubts = append(p.Doubts, d)
		}
	}
	return p
}

// fixedColumns is how many columns of the list come before the screen's own.
const fixedColumns = 5

func pageStages(r *screener.Result) []pageStage {
	var out []pageStage
	whole := 1.0
	for i, s := range stages(r) {
		if i == 0 {
			whole = max(float64(s.Left+s.Unknown), 1)
		}
		p := pageStage{Name: s.Name, Text: s.text, Left: s.Left, Dropped: s.Dropped, Unknown: s.Unknown}
		if s.tally != nil {
			p.False, p.Alone = screener.Show(count(s.tally.False)), screener.Show(count(s.tally.OnlyReason))
		}
		p.LeftBar, p.UnknownBar = round(100*float64(s.Left)/whole), round(100*float64(s.Unknown)/whole)
		out = append(out, p)
	}
	return out
}

func count(n int) screener.Datum {
	return screener.Datum{Kind: rules.Number, Unit: rules.UnitCount, F: float64(n)}
}

func companyOf(r *screener.Result, c *screener.Candidate, anchor string, boxes map[string]boxPlot) pageCompany {
	out := pageCompany{Anchor: anchor, Title: nameOf(c) + "  " + c.Name, Exchange: c.Exchange, CIK: c.CIK.String(), Flags: flags(c)}
	for _, f := range c.Conditions {
		out.Conditions = append(out.Conditions, conditionOf(f))
	}
	for _, column := range r.Columns {
		d := c.Values[column.Name]
		v := pageValue{Name: column.Name, Text: screener.Show(d), Expression: column.Expression, Missing: !d.Known()}
		if box, ok := boxes[column.Name]; ok && d.Known() {
			box.Own = box.at(d.F)
			v.Box = &box
		}
		out.Values = append(out.Values, v)
	}
	if r.With.Evidence {
		out.Sources = sourceTexts(sources(r, c))
	}
	return out
}

func conditionOf(f screener.Finding) pageCondition {
	out := pageCondition{Finding: f}
	for _, c := range f.Comparisons {
		line := pageComparison{Verdict: c.Verdict, Text: c.Text, Bar: slackOf(c), Lacks: lacksText(c.Lacks)}
		switch {
		case c.Value != nil && c.Threshold != nil && c.Distance != nil && c.Distance.Known():
			left, right, between := screener.ShowApart(*c.Value, *c.Threshold, *c.Distance)
			line.Sides, line.Distance = left+" "+c.Operator+" "+right, between
		case c.Value != nil && c.Threshold != nil:
			line.Sides = screener.Show(*c.Value) + " " + c.Operator + " " + screener.Show(*c.Threshold)
		case c.Value != nil:
			line.Sides = strings.TrimSpace(screener.Show(*c.Value) + " " + c.Operator + " " + c.Among)
		}
		var points []string
		for _, p := range c.Points {
			points = append(points, strings.TrimSpace(p.At+" "+screener.Show(p.Value)))
		}
		line.Points = strings.Join(points, ", ")
		out.Lines = append(out.Lines, line)
	}
	return out
}

func lacksText(lacks []screener.Lack) string {
	var out []string
	for _, l := range lacks {
		out = append(out, l.Input+" is "+l.Reason)
	}
	return strings.Join(out, "; ")
}

// cellSourceText is a fact behind a cell, for the page.
type cellSourceText struct {
	Column, Shown, Formula string // "" where the line above is of the same column
	Input, Value, Tag      string
	Period, Basis          string
	Form, Accession, Filed string
	URL, Note              string
}

func sourceTexts(all []cellSource) []cellSourceText {
	var out []cellSourceText
	above := ""
	for i, s := range all {
		t := cellSourceText{
			Input: s.leaf.Name, Value: screener.Show(s.leaf.Value), Tag: s.leaf.Tag, Period: period(s.leaf), Basis: s.leaf.Basis,
			Form: s.leaf.Form, Accession: s.leaf.Accession, Filed: s.leaf.Filed, URL: s.leaf.URL, Note: s.leaf.Note,
		}
		if i == 0 || s.column != above {
			t.Column, t.Shown, t.Formula = s.column, screener.Show(s.value), s.cell.Formula
		}
		above = s.column
		out = append(out, t)
	}
	return out
}
