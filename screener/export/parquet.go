package export

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"assay/rules"
	"assay/screener"
)

// parquetFormat is the list as typed columns. A missing value is null, and the
// column behind it, NAME_missing, says why. The metadata of the file name the
// run and tell each column's expression and unit.
func parquetFormat() Format {
	return Format{
		Name: "parquet", Ending: ".parquet", ContentType: "application/vnd.apache.parquet", About: "the list in typed columns, for DuckDB, pandas and their like",
		Binary: true, Evidence: true, Write: writeParquet,
	}
}

func writeParquet(w io.Writer, result *screener.Result) error {
	columns := listColumns(result, true)
	out := parquet.NewWriter(w, parquet.NewSchema("candidates", schemaOf(columns)),
		parquet.CreatedBy("assay", "1", "none"), // fixed, not the version that was built
		parquet.Compression(&parquet.Snappy))
	for _, m := range metadata(result) {
		out.SetKeyValueMetadata(m[0], m[1])
	}
	row := make(parquet.Row, len(columns))
	for i := range result.Candidates {
		for j, c := range columns {
			row[j] = parquetValue(c.kind, c.whole, c.cell(&result.Candidates[i])).Level(0, level(c, &result.Candidates[i]), j)
		}
		if _, err := out.WriteRows([]parquet.Row{row}); err != nil {
			return err
		}
	}
	return out.Close()
}

// level is the definition level of a cell: how many of the optional nodes above
// it are there.
func level(c column[*screener.Candidate], of *screener.Candidate) int {
	if c.whole || !c.cell(of).Known() {
		return 0
	}
	return 1
}

// metadata says where the list comes from.
func metadata(r *screener.Result) [][2]string {
	var columns strings.Builder
	e := json.NewEncoder(&columns)
	e.SetEscapeHTML(false)
	if err := e.Encode(r.Columns); err != nil {
		columns.Reset() // texts can always be written
	}
	return [][2]string{
		{"assay.screen", r.Screen}, {"assay.as_of", r.AsOf}, {"assay.run", r.Run}, {"assay.data_version", r.DataVersion},
		{"assay.universe", strconv.Itoa(r.Universe)}, {"assay.passed", strconv.Itoa(r.Passed)}, {"assay.failed", strconv.Itoa(r.Failed)},
		{"assay.unknown", strconv.Itoa(r.Unknown)}, {"assay.cut", strconv.Itoa(r.Cut)},
		{"assay.columns", strings.TrimSpace(columns.String())},
	}
}

// ordered is a group whose fields keep their order; the library's sorts them.
type ordered struct {
	parquet.Group
	fields []parquet.Field
}

// Fields lists the fields in the order of the list's columns.
func (o ordered) Fields() []parquet.Field { return o.fields }

func schemaOf(columns []column[*screener.Candidate]) parquet.Node {
	group := parquet.Group{}
	for _, c := range columns {
		group[c.name] = nodeOf(c.kind, c.whole)
	}
	byName := map[string]parquet.Field{}
	for _, f := range group.Fields() {
		byName[f.Name()] = f
	}
	out := ordered{Group: group}
	for _, c := range columns {
		out.fields = append(out.fields, byName[c.name])
	}
	return out
}

func nodeOf(kind rules.Kind, whole bool) parquet.Node {
	switch {
	case whole:
		return parquet.Leaf(parquet.Int64Type)
	case kind == rules.Text:
		return parquet.Optional(parquet.String())
	case kind == rules.Date:
		return parquet.Optional(parquet.Date())
	case kind == rules.Bool:
		return parquet.Optional(parquet.Leaf(parquet.BooleanType))
	}
	return parquet.Optional(parquet.Leaf(parquet.DoubleType))
}

func parquetValue(kind rules.Kind, whole bool, d screener.Datum) parquet.Value {
	switch {
	case whole:
		return parquet.Int64Value(int64(d.F))
	case !d.Known():
		return parquet.NullValue()
	case kind == rules.Text:
		return parquet.ByteArrayValue([]byte(d.S))
	case kind == rules.Date:
		return parquet.Int32Value(int32(d.F)) // days since 1970
	case kind == rules.Bool:
		return parquet.BooleanValue(d.F != 0)
	}
	return parquet.DoubleValue(d.F + 0) // no minus zero
}
