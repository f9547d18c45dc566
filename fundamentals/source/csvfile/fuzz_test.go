package csvfile_test

import (
	"math"
	"strconv"
	"testing"

	"assay/fundamentals/source"
	"assay/fundamentals/source/csvfile"
	"assay/fundamentals/source/sourcetest"
)

func format(f float64) string { return strconv.FormatFloat(f, 'f', 6, 64) }

func fuzz(f *testing.F, kind source.Kind, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		rows, _, _ := sourcetest.Read(t.Context(), kind, "A.csv", text)
		for _, s := range rows.Prices {
			for _, b := range s.Bars {
				if b.Day == 0 || b.Close <= 0 || math.IsInf(b.Close, 0) || b.Volume < 0 || s.Series.Ticker == "" {
					t.Errorf("%+v %+v", s.Series, b)
				}
			}
		}
		for _, s := range rows.Splits {
			if s.Ticker == "" || s.Date == 0 || s.Ratio <= 0 || math.IsInf(s.Ratio, 0) {
				t.Errorf("%+v", s)
			}
		}
		for _, s := range rows.Securities {
			if s.Ticker == "" || s.CIK < 0 || s.From != 0 && s.To != 0 && s.To <= s.From {
				t.Errorf("%+v", s)
			}
		}
		for _, v := range rows.UserValues {
			if v.KnownOn == 0 || v.CIK == 0 && v.Ticker == "" || math.IsInf(v.Value, 0) || math.IsNaN(v.Value) ||
				v.Column.Name == "" || v.Column.Unit == "" || v.Line < 2 || len(v.Text) > 4000 {
				t.Errorf("%+v", v)
			}
		}
	})
}

func FuzzPrices(f *testing.F) {
	fuzz(f, prices(f, csvfile.PriceOptions{}), ohlc, "Ticker,Date,Close\nA,2024-03-08,1\n")
}
func FuzzSecurities(f *testing.F) { fuzz(f, csvfile.Securities(), securities) }
func FuzzSplits(f *testing.F)     { fuzz(f, csvfile.Splits(), splits) }
func FuzzColumns(f *testing.F) {
	fuzz(f, csvfile.Columns(withRegister()), ratings, "cik,known,a,b []\n1,2024-01-05,12%,x\n")
}
func FuzzTags(f *testing.F) { fuzz(f, csvfile.Tags(withRegister()), themes) }
