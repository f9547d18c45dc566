package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"assay/fundamentals/store"
	"assay/screener"
	"assay/screener/schedule"
)

func (a *app) scheduleCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "schedule",
		Short: "Show when screens are run, and how they fare",
		Long: `Schedule lists the screens of a folder that have a schedule, with their next times
in their own time zone, their last run and how they fare. "assay serve" runs them;
"assay schedule run NAME" runs one now, beside its schedule.`,
		Example: `  assay schedule --screens my-screens
  assay schedule run small-and-cheap --screens my-screens`,
		Args: exactly(),

		Annotations: idle{"as-of": "a slot is run as of its own day; \"assay run\" takes another"},

		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.listSchedule(cmd.Context())
		},
	}
	defineScreens(cmd.PersistentFlags())
	cmd.AddCommand(&cobra.Command{
		Use:     "run NAME",
		Short:   "Run a scheduled screen now",
		Long:    "Run runs a screen now, as its schedule would: the run is kept and its change delivered.\nIt takes the place of no slot.",
		Example: "  assay schedule run small-and-cheap --screens my-screens",
		Args:    exactly("NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runNow(cmd.Context(), args[0])
		},
	})
	return cmd
}

// scheduledScreen is a screen as the list tells it.
type scheduledScreen struct {
	Screen   string        `json:"screen"`
	File     string        `json:"file"`
	Cron     string        `json:"cron"`
	Timezone string        `json:"timezone"`
	Next     []string      `json:"next"` // three, in the time zone of the screen
	Health   string        `json:"health"`
	Last     *slotRecord   `json:"last"`
	Done     *slotRecord   `json:"last_success"`
	Failed   *slotRecord   `json:"last_failure"`
	InARow   int           `json:"failures_in_a_row"`
	Missed   int           `json:"passed_over"`
	Refresh  []refreshLine `json:"refresh,omitempty"`
	plan     schedule.Plan // of it
}

// slotRecord is a slot as the list tells it.
type slotRecord struct {
	Slot    string  `json:"slot"`
	State   string  `json:"state"`
	ByHand  bool    `json:"by_hand"`
	Started string  `json:"started"`
	Seconds float64 `json:"seconds"`
	Run     string  `json:"run,omitempty"`
	Error   string  `json:"error,omitempty"`
}

func (a *app) listSchedule(ctx context.Context) error {
	format, err := a.format("table", "json")
	if err != nil {
		return err
	}
	p, err := a.plansOf(ctx)
	if err != nil {
		return err
	}
	refreshes, err := a.refreshes()
	if err != nil {
		return err
	}
	screens := []scheduledScreen{}
	for _, plan := range p.plans {
		screen := a.upcoming(plan)
		screen.Refresh = refreshLines(plan, refreshes)
		screens = append(screens, screen)
	}
	there := false
	err = a.ifThere(ctx, func(db *store.DB) error {
		there = true
		for i := range screens {
			h, err := schedule.Read(ctx, db, screens[i].Screen)
			if err != nil {
				return err
			}
			screens[i].fares(h, a.now())
			if err := a.refreshed(ctx, db, &screens[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !there {
		a.out.note("there is no database %s: how screens fared is not known", a.settings.DB)
	}
	for i := range screens {
		screens[i].tellRefresh()
	}
	if err := a.out.deliver(a.flags.file, func(w io.Writer) error {
		if format == "json" {
			return screener.WriteJSON(w, screens)
		}
		return printSchedule(w, screens)
	}); err != nil {
		return err
	}
	if p.without > 0 {
		a.out.note("without a schedule: %s", counted(p.without, "screen"))
	}
	return a.tellProblems(p)
}

// tellProblems tells of the files that are not scheduled, and is an error if there
// are any.
func (a *app) tellProblems(p planned) error {
	for _, problem := range p.problems {
		a.out.warn("%s is not scheduled:\n%v", problem.file, problem.err)
	}
	if len(p.problems) > 0 {
		return &failure{exitPartly, fmt.Errorf("not scheduled: %s", counted(len(p.problems), "file")), ""}
	}
	return nil
}

// upcoming tells of a screen what needs no database.
func (a *app) upcoming(p schedule.Plan) scheduledScreen {
	s := scheduledScreen{Screen: p.Screen.Name, File: p.Screen.File, Cron: p.Screen.Schedule.Cron, Timezone: p.Screen.Schedule.Timezone, Next: []string{}, Health: "never run", plan: p}
	at, ok := p.Slots.Next(a.now())
	for ; ok && len(s.Next) < 3; at, ok = p.Slots.Next(at) {
		s.Next = append(s.Next, at.Format(time.RFC3339))
	}
	return s
}

// fares adds what the database knows.
func (s *scheduledScreen) fares(h schedule.Health, now time.Time) {
	zone := s.plan.Slots.Zone()
	s.Last, s.Done, s.Failed = slotRecordOf(h.Last, zone), slotRecordOf(h.Done, zone), slotRecordOf(h.Failed, zone)
	s.InARow, s.Missed = h.Row, h.Missed
	switch last := h.Last; {
	case h.Since.After(now.Add(time.Hour)):
		s.Health = "ahead: all slots up to " + h.Since.In(zone).Format(time.DateTime) + " are settled; was the clock wrong?"
	case last == nil && !h.Since.IsZero():
		s.Health = "waiting"
	case last == nil:
	case last.State == schedule.Running && last.Lease.After(now):
		s.Health = "running"
	case last.State == schedule.Running:
		s.Health = "left by a process that ended; a daemon takes it over"
	case h.Row > 0:
		s.Health = fmt.Sprintf("failed %d in a row: %s", h.Row, firstLine(h.Failed.Error))
	default:
		s.Health = "ok"
	}
}

func slotRecordOf(r *schedule.Record, zone *time.Location) *slotRecord {
	if r == nil {
		return nil
	}
	return &slotRecord{Slot: r.Slot.In(zone).Format(time.RFC3339), State: r.State, ByHand: r.ByHand, Started: r.Started.Format(time.RFC3339), Seconds: r.Took.Seconds(), Run: r.Run, Error: r.Error}
}

func printSchedule(w io.Writer, screens []scheduledScreen) error {
	t := newTable("screen", "next", "last", "took", "health")
	for _, s := range screens {
		next, last, took := "never", "", ""
		if len(s.Next) > 0 {
			next = s.Next[0]
		}
		if s.Last != nil {
			last = s.Last.Slot + " " + s.Last.State
			took = fmt.Sprintf("%.1f s", s.Last.Seconds)
		}
		t.add(s.Screen, next, last, took, s.Health)
	}
	if err := t.write(w); err != nil {
		return err
	}
	return printRefreshes(w, screens)
}

// runNow runs a screen beside its schedule and prints its list.
func (a *app) runNow(ctx context.Context, name string) (err error) {
	format, err := a.format(resultFormats()...)
	if err != nil {
		return err
	}
	plan, err := a.planNamed(ctx, name)
	if err != nil {
		return err
	}
	log, err := a.logger()
	if err != nil {
		return err
	}
	db, err := a.openDB(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	daemon, err := a.daemon(db, log)
	if err != nil {
		return err
	}
	claimed, err := daemon.ClaimNow(ctx, plan)
	if err != nil {
		return err
	}
	out, failed := daemon.Perform(ctx, claimed)
	if err := daemon.Delivery.Flush(ctx, a.now()); err != nil && ctx.Err() == nil {
		a.out.warn("not all was delivered: %v; a daemon tries again", err)
	}
	if failed != nil {
		return failed
	}
	return a.out.deliver(a.flags.file, func(w io.Writer) error {
		return writeResult(w, format, out.Change.Result, moreOfRun{})
	})
}

// planNamed finds a scheduled screen by its name.
func (a *app) planNamed(ctx context.Context, name string) (schedule.Plan, error) {
	p, err := a.plansOf(ctx)
	if err != nil {
		return schedule.Plan{}, err
	}
	var names []string
	for _, plan := range p.plans {
		if plan.Screen.Name == name {
			return plan, nil
		}
		names = append(names, plan.Screen.Name)
	}
	if err := a.tellProblems(p); err != nil {
		a.out.warn("%v", err)
	}
	return schedule.Plan{}, usage(didYouMean(name, names, `"assay schedule" lists them`), "no scheduled screen is named %q", name)
}
