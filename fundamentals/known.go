package fundamentals

import (
	"sync"
	"time"
	_ "time/tzdata" // New York's hours on every machine
)

// NewYork returns the time zone of the SEC and of the exchanges.
var NewYork = sync.OnceValue(func() *time.Location {
	l, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err) // time/tzdata is linked in
	}
	return l
})

// KnownOn returns the first day on which a filing's numbers may be used: the day
// after it was filed, or, with an acceptance time, the day of that time in New
// York if it is before 16:00 there and else the next day. It is never before the
// day of filing: EDGAR dates what comes after 17:30 on the next business day,
// and what was first confidential on the day of its release. A zero time means
// that it is not known.
func KnownOn(filed Date, accepted time.Time) Date {
	if accepted.IsZero() {
		return filed + 1
	}
	local := accepted.In(NewYork())
	day := DateOf(local)
	if local.Hour() >= 16 {
		day++
	}
	return max(day, filed)
}
