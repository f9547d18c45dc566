package schedule

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"assay/fundamentals"
	"assay/fundamentals/market"
	"assay/screener"
)

// Slots are the moments at which a screen is to be run.
//
// A cron whose hour is given is read as a clock on the wall: a time that the clock
// skips in spring has its slot when it goes on, and one that it shows twice in
// autumn has it the first time. A cron of every hour goes by the time that passes.
// Two fires that fall on one moment are one slot.
type Slots struct {
	cron    *cron.SpecSchedule
	zone    *time.Location
	hourly  bool                         // every hour
	open    func(fundamentals.Date) bool // nil: every day
	shifted bool                         // a fire on another day moves on to the next open one
}

// The words of `on:` and `holiday:`.
const (
	OnAll         = "all"
	OnTradingDays = "trading-days" // half days are among them
	OnFullDays    = "full-days"    // half days are not
	HolidaySkip   = "skip"
	HolidayShift  = "shift"
)

// NewSlots reads a schedule that the screen's check has let pass.
func NewSlots(s *screener.Schedule) (*Slots, error) {
	zone, err := time.LoadLocation(s.Timezone)
	if err != nil {
		return nil, fmt.Errorf("schedule: no time zone is named %q", s.Timezone)
	}
	parsed, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(sundays(s.Cron))
	if err != nil {
		return nil, fmt.Errorf("schedule: cron %q: %w", s.Cron, err)
	}
	spec, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return nil, fmt.Errorf("schedule: cron %q has no fixed times", s.Cron)
	}
	out := &Slots{cron: spec, zone: zone, shifted: s.Holiday == HolidayShift}
	if hour := strings.Fields(s.Cron)[1]; hour == "*" || hour == "?" {
		out.hourly, spec.Location = true, zone
	} else {
		spec.Location = time.UTC
	}
	switch s.On {
	case OnTradingDays:
		out.open = market.TradingDay
	case OnFullDays:
		out.open = func(d fundamentals.Date) bool { return market.TradingDay(d) && !market.HalfDay(d) }
	}
	begin := time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)
	if _, ok := out.fire(begin); !ok {
		return nil, fmt.Errorf("schedule: cron %q names a day that no calendar has", s.Cron)
	}
	if _, ok := out.Next(begin); !ok {
		return nil, fmt.Errorf("schedule: no day that cron %q names is one of %s: `holiday: shift` moves it to the next", s.Cron, s.On)
	}
	return out, nil
}

// Next returns the first slot after a moment; none if there is none for many years.
func (s *Slots) Next(after time.Time) (time.Time, bool) {
	after = after.In(s.zone)
	if s.open == nil {
		return s.fire(after)
	}
	if s.shifted {
		return s.nextShifted(after)
	}
	for range tries {
		at, ok := s.fire(after)
		if !ok || s.open(fundamentals.DateOf(at)) {
			return at, ok
		}
		// The rest of a day that is closed has no slot either.
		if end := s.midnight(fundamentals.DateOf(at) + 1).Add(-time.Second); end.After(at) {
			at = end
		}
		after = at
	}
	return time.Time{}, false
}

// tries is how many closed days in a row a cron may fire on: in a century of
// Christmases there is no trading day.
const tries = 40

// nextShifted looks at the fires from the closed days on that lie before the
// moment: they may have moved to behind it.
func (s *Slots) nextShifted(after time.Time) (best time.Time, ok bool) {
	from, day := after, fundamentals.DateOf(after)
	for !s.open(day - 1) {
		day--
		from = s.midnight(day).Add(-time.Second)
	}
	for {
		at, fires := s.fire(from)
		if !fires || ok && !at.Before(best) {
			return best, ok
		}
		if moved := s.shift(at); moved.After(after) && (!ok || moved.Before(best)) {
			best, ok = moved, true
		}
		from = at
	}
}

// shift moves a fire to the next day on which it may run, to the same time of
// that day.
func (s *Slots) shift(at time.Time) time.Time {
	day := fundamentals.DateOf(at)
	if s.open(day) {
		return at
	}
	for !s.open(day) {
		day++
	}
	y, m, d := day.Time().Date()
	return onWall(time.Date(y, m, d, at.Hour(), at.Minute(), 0, 0, time.UTC), s.zone)
}

// midnight is when a day begins.
func (s *Slots) midnight(day fundamentals.Date) time.Time { return onWall(day.Time(), s.zone) }

// Latest returns the last slot after one moment and up to another.
func (s *Slots) Latest(after, upTo time.Time) (latest time.Time, ok bool) {
	for span := time.Hour; ; span *= 4 {
		from := upTo.Add(-span)
		if from.Before(after) || span > 100*365*24*time.Hour {
			from = after
		}
		for at, more := s.Next(from); more && !at.After(upTo); at, more = s.Next(at) {
			latest, ok = at, true
		}
		if ok || from.Equal(after) {
			return latest, ok
		}
	}
}

// Count counts the slots after one moment and before another, up to a limit.
func (s *Slots) Count(after, before time.Time, limit int) (n int) {
	for at, ok := s.Next(after); ok && at.Before(before) && n < limit; at, ok = s.Next(at) {
		n++
	}
	return n
}

// Day is the day of a slot in the schedule's time zone, as of which it is run.
func (s *Slots) Day(slot time.Time) fundamentals.Date { return fundamentals.DateOf(slot.In(s.zone)) }

// Zone is the schedule's time zone.
func (s *Slots) Zone() *time.Location { return s.zone }
