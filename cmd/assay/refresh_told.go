package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"assay/fundamentals/store"
	"assay/screener/schedule"
)

// refreshLine is what is brought before a screen, as the list tells it.
type refreshLine struct {
	Name    string          `json:"name"`
	State   string          `json:"state"` // never, running, left, done, partly, failed, or unknown where it is not configured
	Started string          `json:"started,omitempty"`
	Seconds float64         `json:"seconds,omitempty"`
	Steps   []schedule.Step `json:"steps,omitempty"`
	Error   string          `json:"error,omitempty"`
}

// refreshLines lists the refreshes of a screen as they are where none was ever made.
func refreshLines(p schedule.Plan, known map[string]refresh) (list []refreshLine) {
	for _, name := range p.Refresh {
		l := refreshLine{Name: name, State: "never"}
		if _, ok := known[name]; !ok {
			l.State, l.Error = "unknown", "the configuration has no refresh of this name"
		}
		list = append(list, l)
	}
	return list
}

// refreshed adds how each refresh of a screen fared last, as the database knows.
func (a *app) refreshed(ctx context.Context, db *store.DB, s *scheduledScreen) error {
	for i := range s.Refresh {
		l := &s.Refresh[i]
		r, err := schedule.LastRefreshed(ctx, db, l.Name)
		if err != nil {
			return err
		}
		if r == nil || l.State != "never" {
			continue
		}
		l.State, l.Steps, l.Error = r.State, r.Steps, r.Error
		l.Started = r.Started.In(s.plan.Slots.Zone()).Format(time.RFC3339)
		if !r.Ended.IsZero() {
			l.Seconds = r.Ended.Sub(r.Started).Seconds()
		} else if !r.Lease.After(a.now()) {
			l.State = "left"
		}
	}
	return nil
}

// tellRefresh adds to the health of a screen what could not be brought.
func (s *scheduledScreen) tellRefresh() {
	for _, r := range s.Refresh {
		if r.State == schedule.Failed || r.State == "unknown" {
			s.Health += fmt.Sprintf("; refresh %s failed: %s", r.Name, firstLine(r.Error))
		}
	}
}

// printRefreshes writes what was brought last, step by step.
func printRefreshes(w io.Writer, screens []scheduledScreen) error {
	t := newTable("refresh", "state", "last", "took", "step", "files", "unchanged", "new rows", "error").numbers(5, 6, 7)
	told := map[string]bool{}
	for _, s := range screens {
		for _, r := range s.Refresh {
			if told[r.Name] {
				continue
			}
			told[r.Name] = true
			took := ""
			if r.Seconds > 0 {
				took = fmt.Sprintf("%.1f s", r.Seconds)
			}
			if len(r.Steps) == 0 {
				t.add(r.Name, r.State, r.Started, took, "", "", "", "", r.Error)
			}
			head := []string{r.Name, r.State, r.Started, took}
			for _, step := range r.Steps {
				t.add(append(head, step.Step, fmt.Sprint(step.Files), fmt.Sprint(step.Unchanged), fmt.Sprint(step.New), step.Error)...)
				head = []string{"", "", "", ""}
			}
		}
	}
	if len(told) == 0 {
		return nil
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return err
	}
	return t.write(w)
}
