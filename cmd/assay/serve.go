package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"time"
	_ "time/tzdata" // schedules must not depend on the machine's time zones

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"assay/fundamentals/store"
	"assay/screener/notify"
	"assay/screener/schedule"
)

func (a *app) serveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run scheduled screens when their time comes",
		Long: `Serve runs the screens of a folder when their schedules say so, keeps each run in
the history, and tells the channels that a screen names what changed. It goes on
until it is interrupted; what it runs then is given back and run after the next
start. Several may serve one database: each slot is run once.`,
		Example: `  assay serve --screens my-screens
  assay serve --screens my-screens --log-format json`,
		Args: exactly(),

		Annotations: idle{
			"as-of":  "each slot is run as of its own day",
			"format": "--log-format says how the log is written; what is told where, the channels say (assay help channels)",
			"output": "lists go to the history (assay runs) and to channels (assay help channels), and the log to stderr",
		},

		RunE: func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context()) },
	}
	defineScreens(cmd.Flags())
	cmd.Flags().String("log-format", "text", "how the log is written to stderr: text or `json`")
	return cmd
}

func defineScreens(set *pflag.FlagSet) {
	set.String("screens", "", "the `FOLDER` of the screens that are scheduled")
}

func (a *app) serve(ctx context.Context) (err error) {
	log, err := a.logger()
	if err != nil {
		return err
	}
	if _, err := a.plansOf(ctx); err != nil { // a folder that is not there is told at once
		return err
	}
	db, err := a.openServed(ctx, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	daemon, err := a.daemon(db, log)
	if err != nil {
		return err
	}
	log.Info("serving", "db", a.settings.DB, "screens", a.settings.Screens, "owner", daemon.Owner)
	daemon.Serve(ctx)
	log.Info("stopped")
	return nil
}

// openServed opens the database. Where there is none and something is configured that
// fills it, an empty one is made.
func (a *app) openServed(ctx context.Context, log *slog.Logger) (*store.DB, error) {
	if _, err := os.Stat(a.settings.DB); len(a.settings.Refresh) == 0 || !errors.Is(err, fs.ErrNotExist) {
		return a.openDB(ctx)
	}
	if _, err := a.refreshes(); err != nil { // before a file is made
		return nil, err
	}
	log.Warn("there was no database: an empty one is made, for what refresh brings", "db", a.settings.DB)
	return a.createDB(ctx)
}

// logger writes structured lines to stderr.
func (a *app) logger() (*slog.Logger, error) {
	switch a.settings.Serve.LogFormat {
	case "text":
		return slog.New(slog.NewTextHandler(a.out.stderr, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(a.out.stderr, nil)), nil
	}
	return nil, usage("the log is written as text or json", "no log format %q", a.settings.Serve.LogFormat)
}

// daemon wires the loop to the folder, the history and the channels.
func (a *app) daemon(db *store.DB, log *slog.Logger) (*schedule.Daemon, error) {
	channels, err := a.channels()
	if err != nil {
		return nil, err
	}
	refreshes, err := a.refreshes()
	if err != nil {
		return nil, err
	}
	link, err := a.link()
	if err != nil {
		return nil, err
	}
	tidy, err := a.tidy(db, log)
	if err != nil {
		return nil, err
	}
	host, err := os.Hostname()
	if err != nil {
		host = "here"
	}
	wait := a.wait
	if wait == nil {
		wait = waitFor
	}
	told := map[string]string{}
	return &schedule.Daemon{
		DB: db, Owner: fmt.Sprintf("%s %d %s", host, os.Getpid(), rand.Text()[:8]),
		Clock: schedule.Clock{Now: a.now, Wait: wait},
		Load: func(ctx context.Context) []schedule.Plan {
			return a.loadPlans(ctx, log, channels, refreshes, told)
		},
		Work: slotWork{a, db, log}, Delivery: &delivery{db: db, channels: channels, now: a.now, log: log, link: link},
		Refresher: refresher{a, refreshes, log}, Tidy: tidy,
		Log: log, Poll: a.settings.Serve.Poll,
	}, nil
}

// tidy returns what takes out slots and messages that are older than the settings
// want to keep. The runs of the history stay.
func (a *app) tidy(db *store.DB, log *slog.Logger) (func(context.Context) error, error) {
	keep := a.settings.Serve.Keep
	if keep == "all" {
		return nil, nil
	}
	days, ok := daysOf(keep)
	if !ok || days == 0 {
		return nil, usage("write days, such as 400d, or all", "serve.keep cannot be %q", keep)
	}
	return func(ctx context.Context) error {
		before := a.now().AddDate(0, 0, -days)
		slots, err := schedule.Prune(ctx, db, before)
		if err != nil {
			return err
		}
		messages, err := notify.Prune(ctx, db, before)
		if err == nil && slots+messages > 0 {
			log.Info("old records taken out", "before", before.UTC(), "slots", slots, "messages", messages)
		}
		return err
	}, nil
}

// link returns what makes the link of a message; nil: it has none.
func (a *app) link() (func(screen, run, asOf string) string, error) {
	pattern := a.settings.Serve.Link
	if pattern == "" {
		return nil, nil
	}
	fill := func(screen, run, asOf string) string {
		return strings.NewReplacer("{screen}", url.PathEscape(screen), "{run}", run, "{as_of}", asOf).Replace(pattern)
	}
	u, err := url.Parse(fill("s", "r", "d"))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(u.String(), "{}") {
		return nil, usage("such as https://example.com/{screen}/{run}; it knows {screen}, {run} and {as_of}", "serve.link is no web address: %q", pattern)
	}
	return fill, nil
}

// waitFor waits by the machine's clock.
func waitFor(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// loadPlans reads the folder, and logs what is wrong with it once.
func (a *app) loadPlans(ctx context.Context, log *slog.Logger, channels notify.Channels, refreshes map[string]refresh, told map[string]string) []schedule.Plan {
	p, err := a.plansOf(ctx)
	if err != nil {
		p.problems = append(p.problems, folderProblem{a.settings.Screens, err})
	}
	for _, plan := range p.plans {
		for _, name := range unknownChannels(plan, channels) {
			p.problems = append(p.problems, folderProblem{plan.Screen.File, fmt.Errorf("deliver: there is no channel %q in the configuration: nothing is told there", name)})
		}
		for _, name := range plan.Refresh {
			if _, ok := refreshes[name]; !ok {
				p.problems = append(p.problems, folderProblem{plan.Screen.File, fmt.Errorf("refresh: there is no refresh %q in the configuration: the screen is run on what there is", name)})
			}
		}
	}
	now := map[string]string{}
	for _, problem := range p.problems {
		now[problem.file] += problem.err.Error()
		if !strings.Contains(told[problem.file], problem.err.Error()) {
			log.Error("screen cannot be scheduled as it is", "file", problem.file, "error", problem.err)
		}
	}
	clear(told)
	for file, text := range now {
		told[file] = text
	}
	return p.plans
}
