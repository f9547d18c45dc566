package main

import (
	"fmt"
	"time"
)

// pace is how long the parts of an ingest took.
type pace struct {
	started, stored, standardised time.Time
	bytes                         int64 // of text, unpacked
	companies                     int
}

func (p pace) storing() time.Duration       { return p.stored.Sub(p.started) }
func (p pace) standardising() time.Duration { return p.standardised.Sub(p.stored) }

// worthTelling reports whether anyone waited for it.
func (p pace) worthTelling() bool { return p.standardised.Sub(p.started) >= 2*time.Second }

func (p pace) String() string {
	text := fmt.Sprintf("read and stored %.1f MB of text in %.1f s, %.1f MB a second", mega(p.bytes), p.storing().Seconds(), mega(p.bytes)/max(p.storing().Seconds(), 0.001))
	if p.companies > 0 {
		text += fmt.Sprintf("; standardised %s in %.1f s", companies(p.companies), p.standardising().Seconds())
	}
	return text
}

func mega(bytes int64) float64 { return float64(bytes) / 1e6 }
