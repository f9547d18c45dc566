package export

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"regexp"
	"sync"

	"assay/rules"
	"assay/screener"
)

// The names that the parts of a workbook go by (ECMA-376).
const (
	mainSpace     = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	packageSpace  = "http://schemas.openxmlformats.org/package/2006"
	relationSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	contentType   = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// xmlWriter keeps the first error, which Flush returns.
type xmlWriter struct{ *bufio.Writer }

func (x *xmlWriter) text(s string) { _, _ = x.WriteString(s) }

// escape writes a text; a letter that XML cannot hold becomes U+FFFD.
func (x *xmlWriter) escape(s string) { _ = xml.EscapeText(x, []byte(s)) }

// encoded is how workbooks write letters that XML cannot hold.
var encoded = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`) })

// literal keeps a text such as _x0041_ from being read as a letter.
func literal(text string) string {
	return encoded().ReplaceAllStringFunc(text, func(s string) string { return "_x005F" + s })
}

// writePackage writes all parts but the sheets.
func writePackage(z *zip.Writer, r *screener.Result, all []sheet) error {
	for _, p := range []struct {
		name  string
		write func(*xmlWriter)
	}{
		{"[Content_Types].xml", func(x *xmlWriter) { x.contentTypes(all) }},
		{"_rels/.rels", func(x *xmlWriter) {
			x.text(`<Relationships xmlns="` + packageSpace + `/relationships">` +
				`<Relationship Id="rId1" Type="` + relationSpace + `/officeDocument" Target="xl/workbook.xml"/>` +
				`<Relationship Id="rId2" Type="` + packageSpace + `/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`)
		}},
		{"docProps/core.xml", func(x *xmlWriter) { x.properties(r) }},
		{"xl/workbook.xml", func(x *xmlWriter) {
			x.text(`<workbook xmlns="` + mainSpace + `" xmlns:r="` + relationSpace + `"><sheets>`)
			for i, s := range all {
				fmt.Fprintf(x, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, s.name, i+1, i+1)
			}
			x.text(`</sheets></workbook>`)
		}},
		{"xl/_rels/workbook.xml.rels", func(x *xmlWriter) {
			x.text(`<Relationships xmlns="` + packageSpace + `/relationships">`)
			for i := range all {
				fmt.Fprintf(x, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relationSpace, i+1)
			}
			fmt.Fprintf(x, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/></Relationships>`, len(all)+1, relationSpace)
		}},
		{"xl/styles.xml", func(x *xmlWriter) { x.styles() }},
	} {
		if err := part(z, p.name, func(x *xmlWriter) error { p.write(x); return nil }); err != nil {
			return err
		}
	}
	return nil
}

func (x *xmlWriter) contentTypes(all []sheet) {
	x.text(`<Types xmlns="` + packageSpace + `/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + contentType + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + contentType + `styles+xml"/>`)
	for i := range all {
		fmt.Fprintf(x, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, contentType)
	}
	x.text(`</Types>`)
}

func (x *xmlWriter) properties(r *screener.Result) {
	x.text(`<cp:coreProperties xmlns:cp="` + packageSpace + `/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>`)
	x.escape(r.Screen)
	fmt.Fprintf(x, `</dc:title><dc:creator>assay</dc:creator><cp:lastModifiedBy>assay</cp:lastModifiedBy>`+
		`<dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%s</dcterms:modified></cp:coreProperties>`,
		created(r), created(r))
}

// The styles of cells; those of number formats follow.
const (
	headerStyle      = 1
	textStyle        = 2 // stays a text when it is edited
	firstNumberStyle = 3
)

// What has a number format and is no unit.
const (
	dateFormat  = "date"
	wholeFormat = "whole number"
)

type numberFormat struct {
	code  string
	units []string
}

// numberFormats says how a spreadsheet shows numbers of a unit; others are shown
// as they are.
func numberFormats() []numberFormat {
	return []numberFormat{
		{"yyyy-mm-dd", []string{dateFormat}},
		{"0", []string{wholeFormat, rules.UnitDays.String()}},
		{"0.0%", []string{rules.UnitFraction.String()}},
		{`0.0"x"`, []string{rules.UnitMultiple.String()}},
		{"#,##0", []string{rules.UnitCount.String(), rules.UnitMoney.String(), rules.UnitShares.String()}},
		{"#,##0.00", []string{rules.UnitPrice.String()}},
	}
}

// firstOwnFormat is the first number of formats that are not built in.
const firstOwnFormat = 164

func (x *xmlWriter) styles() {
	formats := numberFormats()
	fmt.Fprintf(x, `<styleSheet xmlns="%s"><numFmts count="%d">`, mainSpace, len(formats))
	for i, f := range formats {
		fmt.Fprintf(x, `<numFmt numFmtId="%d" formatCode="`, firstOwnFormat+i)
		x.escape(f.code)
		x.text(`"/>`)
	}
	x.text(`</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`)
	fmt.Fprintf(x, `<cellXfs count="%d"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`, firstNumberStyle+len(formats))
	x.text(`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
		`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>`)
	for i := range formats {
		fmt.Fprintf(x, `<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`, firstOwnFormat+i)
	}
	x.text(`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
}
