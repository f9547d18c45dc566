package schedule_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/fundamentals/market"
	"assay/screener"
	"assay/screener/schedule"
)

func slotsOf(t testing.TB, s screener.Schedule) *schedule.Slots {
	t.Helper()
	out, err := schedule.NewSlots(&s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func moment(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// following lists slots as the clock of their zone shows them.
func following(s *schedule.Slots, after time.Time, n int) string {
	var list []string
	for range n {
		at, ok := s.Next(after)
		if !ok {
			list = append(list, "none")
			break
		}
		list, after = append(list, at.Format("Mon 2006-01-02 15:04 MST")), at
	}
	return strings.Join(list, "\n")
}

func TestSlots(t *testing.T) {
	const york = "America/New_York"
	for _, c := range []struct {
		name  string
		s     screener.Schedule
		after string
		want  []string
	}{
		{"clocks go forward: the hour that is skipped has its slot when they go on", screener.Schedule{Cron: "30 2 * * *", Timezone: york}, "2024-03-09T12:00:00Z",
			[]string{"Sun 2024-03-10 03:00 EDT", "Mon 2024-03-11 02:30 EDT"}},
		{"all that falls into the gap is one slot", screener.Schedule{Cron: "*/20 2,3 * * *", Timezone: york}, "2024-03-09T12:00:00Z",
			[]string{"Sun 2024-03-10 03:00 EDT", "Sun 2024-03-10 03:20 EDT", "Sun 2024-03-10 03:40 EDT", "Mon 2024-03-11 02:00 EDT"}},
		{"clocks go back: the hour that comes twice has one slot", screener.Schedule{Cron: "30 1 * * *", Timezone: york}, "2024-11-02T12:00:00Z",
			[]string{"Sun 2024-11-03 01:30 EDT", "Mon 2024-11-04 01:30 EST"}},
		{"every hour goes by the time that passes", screener.Schedule{Cron: "0 * * * *", Timezone: york}, "2024-11-03T04:30:00Z",
			[]string{"Sun 2024-11-03 01:00 EDT", "Sun 2024-11-03 01:00 EST", "Sun 2024-11-03 02:00 EST"}},
		{"every hour over the gap", screener.Schedule{Cron: "0 * * * *", Timezone: york}, "2024-03-10T05:30:00Z",
			[]string{"Sun 2024-03-10 01:00 EST", "Sun 2024-03-10 03:00 EDT"}},
		{"half an hour of summer time", screener.Schedule{Cron: "15 2 * * *", Timezone: "Australia/Lord_Howe"}, "2024-10-05T00:00:00Z",
			[]string{"Sun 2024-10-06 02:30 +11", "Mon 2024-10-07 02:15 +11"}},
		{"a day that a zone never had", screener.Schedule{Cron: "0 9 * * *", Timezone: "Pacific/Apia"}, "2011-12-29T00:00:00Z",
			[]string{"Thu 2011-12-29 09:00 -10", "Sat 2011-12-31 00:00 +14", "Sat 2011-12-31 09:00 +14"}},
		{"midnight that does not exist", screener.Schedule{Cron: "0 0 * * *", Timezone: "America/Santiago"}, "2024-09-07T12:00:00Z",
			[]string{"Sun 2024-09-08 01:00 -03", "Mon 2024-09-09 00:00 -03"}},
		{"29 February", screener.Schedule{Cron: "0 6 29 2 *", Timezone: "UTC"}, "2095-01-01T00:00:00Z",
			[]string{"Wed 2096-02-29 06:00 UTC", "Fri 2104-02-29 06:00 UTC"}},
		{"holidays are skipped, and weekends", screener.Schedule{Cron: "30 18 * * *", Timezone: york, On: "trading-days"}, "2024-03-27T23:00:00Z",
			[]string{"Thu 2024-03-28 18:30 EDT", "Mon 2024-04-01 18:30 EDT"}},
		{"a month that begins on a holiday is shifted", screener.Schedule{Cron: "0 7 1 * *", Timezone: york, On: "trading-days", Holiday: "shift"}, "2023-11-15T00:00:00Z",
			[]string{"Fri 2023-12-01 07:00 EST", "Tue 2024-01-02 07:00 EST", "Thu 2024-02-01 07:00 EST"}},
		{"two that are shifted to one moment are one", screener.Schedule{Cron: "0 7 * * *", Timezone: york, On: "trading-days", Holiday: "shift"}, "2023-12-29T13:00:00Z",
			[]string{"Tue 2024-01-02 07:00 EST", "Wed 2024-01-03 07:00 EST"}},
		{"a shifted one does not lose its time of the day", screener.Schedule{Cron: "0 9,18 * * 0", Timezone: york, On: "trading-days", Holiday: "shift"}, "2024-03-02T00:00:00Z",
			[]string{"Mon 2024-03-04 09:00 EST", "Mon 2024-03-04 18:00 EST", "Mon 2024-03-11 09:00 EDT"}},
		{"a half day is a trading day", screener.Schedule{Cron: "30 18 * * *", Timezone: york, On: "trading-days"}, "2024-11-28T00:00:00Z",
			[]string{"Fri 2024-11-29 18:30 EST", "Mon 2024-12-02 18:30 EST"}},
		{"and no full day", screener.Schedule{Cron: "30 18 * * *", Timezone: york, On: "full-days"}, "2024-11-28T00:00:00Z",
			[]string{"Mon 2024-12-02 18:30 EST"}},
		{"half days are shifted", screener.Schedule{Cron: "30 15 * * 5", Timezone: york, On: "full-days", Holiday: "shift"}, "2024-11-28T00:00:00Z",
			[]string{"Mon 2024-12-02 15:30 EST", "Fri 2024-12-06 15:30 EST"}},
		{"seven is a Sunday", screener.Schedule{Cron: "0 9 * * 5-7/2", Timezone: "UTC"}, "2024-03-04T00:00:00Z",
			[]string{"Fri 2024-03-08 09:00 UTC", "Sun 2024-03-10 09:00 UTC", "Fri 2024-03-15 09:00 UTC"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := strings.Join(c.want, "\n")
			if got := following(slotsOf(t, c.s), moment(t, c.after), len(c.want)); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

var crons = []string{"30 18 * * 1-5", "*/7 * * * *", "0 0 * * *", "30 2 * * 0", "15,45 1-3 * * *", "0 7 1 * *", "59 23 28-31 * *", "0 9 * * 6,7"}

func drawSchedule(t *rapid.T) screener.Schedule {
	s := screener.Schedule{
		Cron:     rapid.SampledFrom(crons).Draw(t, "cron"),
		Timezone: rapid.SampledFrom([]string{"UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Asia/Kolkata"}).Draw(t, "zone"),
		On:       rapid.SampledFrom([]string{"", "all", "trading-days", "full-days"}).Draw(t, "on"),
	}
	if s.On == "trading-days" || s.On == "full-days" {
		s.Holiday = rapid.SampledFrom([]string{"", "skip", "shift"}).Draw(t, "holiday")
	}
	return s
}

// From wherever one looks, the slots are the same, in their order, on days that
// the calendar allows; Latest is the last of them, and Count their number.
func TestLawSlotsDoNotDependOnWhenTheyAreAskedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSchedule(t)
		slots, err := schedule.NewSlots(&s)
		if err != nil {
			t.Skip(err) // Sundays of trading days
		}
		start := time.Unix(rapid.Int64Range(1_600_000_000, 1_900_000_000).Draw(t, "start"), 0)
		var list []time.Time
		for at := start; len(list) < 30; {
			next, ok := slots.Next(at)
			if !ok || !next.After(at) {
				t.Fatalf("after %s: %s, %v", at, next, ok)
			}
			list, at = append(list, next), next
			day := slots.Day(next)
			if s.On == "trading-days" && !market.TradingDay(day) || s.On == "full-days" && (!market.TradingDay(day) || market.HalfDay(day)) {
				t.Fatalf("%s is no day for %s", day, s.On)
			}
		}
		last := list[len(list)-1]
		from := start.Add(time.Duration(rapid.Int64Range(0, int64(last.Sub(start))-1).Draw(t, "from")))
		i := slices.IndexFunc(list, func(at time.Time) bool { return at.After(from) })
		if got, _ := slots.Next(from); !got.Equal(list[i]) {
			t.Fatalf("after %s comes %s, and from the start on %s", from, got, list[i])
		}
		upTo := list[rapid.IntRange(i, len(list)-1).Draw(t, "upTo")]
		if got, ok := slots.Latest(from, upTo); !ok || !got.Equal(upTo) {
			t.Fatalf("the latest up to %s is %s, %v", upTo, got, ok)
		}
		if got, want := slots.Count(from, last, 100), len(list)-1-i; got != want {
			t.Fatalf("%d slots between, counted %d", want, got)
		}
	})
}

func TestNever(t *testing.T) {
	for want, s := range map[string]screener.Schedule{
		`schedule: cron "0 9 30 2 *" names a day that no calendar has`:                                                 {Cron: "0 9 30 2 *", Timezone: "UTC"},
		"schedule: no day that cron \"0 9 * * 6\" names is one of trading-days: `holiday: shift` moves it to the next": {Cron: "0 9 * * 6", Timezone: "UTC", On: "trading-days"},
		`schedule: no time zone is named "Mars"`:                                                                       {Cron: "0 9 * * 6", Timezone: "Mars"},
	} {
		if _, err := schedule.NewSlots(&s); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestDayOfASlot(t *testing.T) {
	s := slotsOf(t, screener.Schedule{Cron: "30 22 * * *", Timezone: "America/New_York"})
	at, _ := s.Next(moment(t, "2024-03-08T12:00:00Z")) // on the next day of UTC
	if got, want := s.Day(at), fundamentals.NewDate(2024, time.March, 8); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
