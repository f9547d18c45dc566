package edgar

import (
	"testing"
	"time"

	"assay/fundamentals"
)

// TestEveryDay compares date with the calendar of package time, on every day of
// every year that can be written, and on what is no day.
func TestEveryDay(t *testing.T) {
	for day := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 10000; day = day.AddDate(0, 0, 1) {
		text := day.Format(time.DateOnly)
		if d, ok := date([]byte(text)); !ok || d != fundamentals.DateOf(day) {
			t.Fatal(text, d, ok)
		}
	}
	good := "2019-12-29"
	for i := range good {
		for c := range 256 {
			text := []byte(good)
			text[i] = byte(c)
			want, err := time.Parse(time.DateOnly, string(text))
			d, ok := date(text)
			if ok != (err == nil) || ok && d != fundamentals.DateOf(want) {
				t.Errorf("%q: %v %v, not %v", text, d, ok, want)
			}
		}
	}
	for _, text := range []string{"", "2019-02-29", "1900-02-29", "2019-04-31", "2019-00-10", "2019-13-10", "2019-01-00", "2019-01-32", "2019-1-01", "2019-01-011"} {
		if d, ok := date([]byte(text)); ok {
			t.Errorf("%q is %v", text, d)
		}
	}
}
