package schedule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// fire returns the first moment after another at which the cron fires, whatever
// the day.
func (s *Slots) fire(after time.Time) (time.Time, bool) {
	after = after.In(s.zone)
	if s.hourly {
		at := s.cronNext(after)
		return at, !at.IsZero()
	}
	for wall := s.cronNext(wallOf(after)); !wall.IsZero(); wall = s.cronNext(wall) {
		// In an hour that the clock shows twice, what it shows may have been before.
		if at := onWall(wall, s.zone); at.After(after) {
			return at, true
		}
	}
	return time.Time{}, false
}

// cronNext goes on where cron gives up: it looks no more than five years ahead, and
// between 2096 and 2104 there is no 29 February.
func (s *Slots) cronNext(after time.Time) time.Time {
	for range 4 {
		if at := s.cron.Next(after); !at.IsZero() {
			return at
		}
		after = time.Date(after.Year()+4, time.January, 1, 0, 0, 0, 0, after.Location()).Add(-time.Second)
	}
	return time.Time{}
}

// wallOf is what the clock on the wall shows, as if it were UTC.
func wallOf(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// onWall returns the first moment at which the clock on the wall of a zone shows a
// time, or, where it skips the time, the moment at which it goes on.
func onWall(wall time.Time, zone *time.Location) time.Time {
	const around = 48 * time.Hour // no zone has ever been moved by more
	early := wall.Add(-offsetAt(wall.Add(-around), zone))
	late := wall.Add(-offsetAt(wall.Add(around), zone))
	if late.Before(early) {
		early, late = late, early
	}
	for _, at := range []time.Time{early, late} {
		if wallOf(at.In(zone)).Equal(wall) {
			return at.In(zone)
		}
	}
	start, _ := late.In(zone).ZoneBounds()
	return start.In(zone)
}

func offsetAt(t time.Time, zone *time.Location) time.Duration {
	_, offset := t.In(zone).Zone()
	return time.Duration(offset) * time.Second
}

// sundays writes the weekdays of a cron, of which 7 is a Sunday too, in the numbers
// that the parser knows.
func sundays(text string) string {
	fields := strings.Fields(text)
	last := len(fields) - 1
	if last < 0 || !strings.Contains(fields[last], "7") {
		return text
	}
	var out []string
	for part := range strings.SplitSeq(fields[last], ",") {
		out = append(out, weekdays(part)...)
	}
	slices.Sort(out)
	fields[last] = strings.Join(slices.Compact(out), ",")
	return strings.Join(fields, " ")
}

// weekdays lists the days of a part such as 5-7 or 1-7/2. Another part stands as
// it is.
func weekdays(part string) (days []string) {
	span, by, _ := strings.Cut(part, "/")
	from, to, ranged := strings.Cut(span, "-")
	lo, err1 := strconv.Atoi(from)
	hi, step := lo, 1
	var err2, err3 error
	if ranged {
		hi, err2 = strconv.Atoi(to)
	}
	if by != "" {
		step, err3 = strconv.Atoi(by)
		if !ranged {
			hi = 6
		}
	}
	if err1 != nil || err2 != nil || err3 != nil || step < 1 {
		return []string{part}
	}
	for day := lo; day <= hi; day += step {
		days = append(days, fmt.Sprint(day%7))
	}
	return days
}
