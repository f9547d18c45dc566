package main

import (
	"testing"
	"time"
)

func TestPaceTellsBothParts(t *testing.T) {
	start := time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)
	p := pace{started: start, stored: start.Add(1500 * time.Millisecond), standardised: start.Add(1900 * time.Millisecond), bytes: 300_000_000}
	if p.worthTelling() {
		t.Error("told after ", p.standardised.Sub(start))
	}
	p.standardised, p.companies = start.Add(4*time.Second), 414
	want := "read and stored 300.0 MB of text in 1.5 s, 200.0 MB a second; standardised 414 companies in 2.5 s"
	if got := p.String(); got != want || !p.worthTelling() {
		t.Error(got)
	}
	p.companies = 1
	if want := "read and stored 300.0 MB of text in 1.5 s, 200.0 MB a second; standardised 1 company in 2.5 s"; p.String() != want {
		t.Error(p.String())
	}
}
