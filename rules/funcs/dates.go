package funcs

import (
	"time"

	"assay/rules"
)

// dates returns the functions of dates. as_of is a column: the date of the
// table.
func dates() []rules.Func {
	return []rules.Func{
		{
			Name: "date", Params: []rules.Param{date}, Returns: rules.DateValue,
			Doc:     "The day that a text names. Beside a date the text alone will do: known_on > \"2024-03-08\".",
			Example: `as_of >= date("2020-03-08")`,
			Body:    rules.Day{},
		},
		{
			Name: "days_since", Params: []rules.Param{date}, Returns: rules.DaysNumber,
			Doc:     "The days from a date to as_of, the date of the table; negative if it lies ahead.",
			Example: "days_since(period_end) <= 200d",
			Body:    rules.Since{},
		},
		{
			Name: "year", Params: []rules.Param{date}, Returns: rules.CountNumber,
			Doc:     "The calendar year of a date.",
			Example: "year(period_end) >= 2020",
			Body:    rules.Row(func(a []float64) float64 { return float64(calendar(a[0]).Year()) }),
		},
		{
			Name: "month", Params: []rules.Param{date}, Returns: rules.CountNumber,
			Doc:     "The month of a date, 1 for January.",
			Example: "month(annual(period_end)) == 12",
			Body:    rules.Row(func(a []float64) float64 { return float64(calendar(a[0]).Month()) }),
		},
	}
}

// calendar returns the day that is so many days after 1970-01-01.
func calendar(days float64) time.Time { return time.Unix(int64(days)*86400, 0).UTC() }
