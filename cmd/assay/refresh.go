package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"assay/rules"
	"assay/screener/schedule"
)

// refresh is what the configuration says of data that are brought before scheduled
// screens: verbs of the program, in order.
type refresh struct {
	terms schedule.Terms
	steps [][]string // the arguments of each
}

// refreshKeys are the keys of a refresh.
var refreshKeys = []string{"steps", "timeout", "if_failed"}

// usualRefreshTime is how long a refresh may take where the configuration does not
// say: the archives of EDGAR are large.
const usualRefreshTime = 2 * time.Hour

var refreshName = pattern(`^[a-z][a-z0-9]*([-_][a-z0-9]+)*$`)

// refreshes reads those of the configuration, and tells all mistakes at once.
func (a *app) refreshes() (map[string]refresh, error) {
	all := map[string]refresh{}
	var mistakes []string
	for _, name := range sortedKeys(a.settings.Refresh) {
		r := refreshReader{app: a}
		values, ok := a.settings.Refresh[name].(map[string]any)
		switch {
		case !refreshName().MatchString(name):
			r.wrong("a name is of small letters, digits and hyphens")
		case !ok:
			r.wrong("it holds no keys; it wants at least steps")
		default:
			all[name] = r.read(values)
		}
		for _, m := range r.mistakes {
			mistakes = append(mistakes, fmt.Sprintf("refresh %q: %s", name, m))
		}
	}
	if len(mistakes) > 0 {
		return nil, usage(strings.Join(mistakes, "\n")+"\n\"assay help serve\" shows one", "what the configuration says of refresh has mistakes: %d", len(mistakes))
	}
	return all, nil
}

// refreshReader reads one and collects what is wrong.
type refreshReader struct {
	app      *app
	mistakes []string
}

func (r *refreshReader) wrong(format string, args ...any) {
	r.mistakes = append(r.mistakes, fmt.Sprintf(format, args...))
}

func (r *refreshReader) read(values map[string]any) refresh {
	out := refresh{terms: schedule.Terms{Timeout: usualRefreshTime}}
	for _, key := range sortedKeys(values) {
		if !slices.Contains(refreshKeys, key) {
			hint := "it knows " + strings.Join(refreshKeys, ", ")
			if near := rules.Nearest(key, refreshKeys); near != "" {
				hint = "did you mean " + near + "?"
			}
			r.wrong("there is no key %s; %s", key, hint)
		}
	}
	if v, given := values["timeout"]; given {
		d, err := time.ParseDuration(fmt.Sprint(v))
		if err != nil || d <= 0 || d > 24*time.Hour {
			r.wrong("timeout: %v is no time up to 24h, such as 90m", v)
		}
		out.terms.Timeout = d
	}
	switch v := values["if_failed"]; v {
	case nil, "run":
	case "skip":
		out.terms.Needed = true
	default:
		r.wrong("if_failed: %v is neither run nor skip", v)
	}
	steps, ok := values["steps"].([]any)
	if !ok || len(steps) == 0 {
		r.wrong("steps is a list of fetch and ingest, such as - ingest prices prices.csv --basis raw")
	}
	for i, s := range steps {
		if args, err := r.step(s); err != nil {
			r.wrong("step %d: %v", i+1, err)
		} else {
			out.steps = append(out.steps, args)
		}
	}
	return out
}

// step reads the arguments of a verb: a text that is split at its blanks, or a list
// where one of them holds a blank.
func (r *refreshReader) step(v any) (args []string, err error) {
	switch v := v.(type) {
	case string:
		args = strings.Fields(v)
	case []any:
		for _, item := range v {
			args = append(args, fmt.Sprint(item))
		}
	default:
		return nil, fmt.Errorf("%v is no verb", v)
	}
	if len(args) > 0 && args[0] == "assay" {
		args = args[1:]
	}
	if len(args) == 0 || args[0] != "fetch" && args[0] != "ingest" {
		return nil, errors.New("it is fetch or ingest, with what they take by hand")
	}
	verb, rest, err := r.app.beside(nil, nil).rootCommand().Find(args)
	if err == nil {
		err = checkStep(verb, rest)
	}
	return args, err
}

// checkStep finds what can be found without doing it.
func checkStep(verb *cobra.Command, args []string) error {
	if err := verb.ParseFlags(args); errors.Is(err, pflag.ErrHelp) {
		return errors.New("--help brings nothing")
	} else if err != nil {
		return verb.FlagErrorFunc()(verb, err)
	}
	said := []string{"db", "config", "format", "json", "quiet", "as-of"}
	if verb.Name() == "ingest" { // its result goes to the daemon; what is fetched goes to a folder
		said = append(said, "output")
	}
	for _, name := range said {
		if f := verb.Flags().Lookup(name); f != nil && f.Changed {
			return fmt.Errorf("--%s is for the daemon to say", name)
		}
	}
	return verb.ValidateArgs(verb.Flags().Args())
}

// beside is a program beside this one, on the same clock, that prints elsewhere.
func (a *app) beside(stdout, stderr *strings.Builder) *app {
	return &app{out: &output{stdout: stdout, stderr: stderr}, now: a.now, wait: a.wait, program: a.program, edgar: a.edgar}
}

// refresher does the steps of refreshes as the verbs do them by hand.
type refresher struct {
	a   *app
	all map[string]refresh
	log *slog.Logger
}

// Terms implements [schedule.Refresher].
func (r refresher) Terms(name string) (schedule.Terms, bool) {
	of, ok := r.all[name]
	return of.terms, ok
}

// Bring implements [schedule.Refresher].
func (r refresher) Bring(ctx context.Context, name string) (steps []schedule.Step, err error) {
	for _, args := range r.all[name].steps {
		s, err := r.step(ctx, args)
		attrs := []any{"refresh", name, "step", s.Step, "state", s.State, "files", s.Files, "unchanged", s.Unchanged, "new", s.New}
		switch {
		case ctx.Err() != nil:
			return steps, ctx.Err()
		case err == nil && s.State == schedule.Done:
			r.log.Info("refresh step", attrs...)
		default:
			r.log.Warn("refresh step", append(attrs, "error", s.Error)...)
		}
		steps = append(steps, s)
		if err != nil {
			return steps, err
		}
	}
	return steps, nil
}

// step does one. That some of its input was left out is no error.
func (r refresher) step(ctx context.Context, args []string) (schedule.Step, error) {
	s := schedule.Step{Step: strings.Join(args, " "), State: schedule.Done}
	var stdout, stderr strings.Builder
	root := r.a.beside(&stdout, &stderr).rootCommand()
	given := []string{"--json", "--db", r.a.settings.DB}
	if r.a.flags.config != "" {
		given = append(given, "--config", r.a.flags.config)
	}
	root.SetArgs(append(slices.Clone(args), given...))
	began := r.a.now()
	err := root.ExecuteContext(ctx)
	s.Seconds = r.a.now().Sub(began).Seconds()
	countStep(&s, stdout.String())
	if err == nil {
		return s, nil
	}
	s.State, s.Error = schedule.Failed, oneLine(err.Error())
	if statusOf(err) == exitPartly {
		s.State = schedule.Partly
		if said := oneLine(stderr.String()); said != "" {
			s.Error = short(said, mostSaid) // the error speaks of it
		}
		return s, nil
	}
	return s, fmt.Errorf("%s: %s", s.Step, s.Error)
}

// mostSaid is how much is kept of what a step says it left out, in characters.
const mostSaid = 500

// countStep reads the result of a verb: that of ingest is an object, that of fetch a
// list.
func countStep(s *schedule.Step, text string) {
	var took ingested
	var files []fetchedFile
	if json.Unmarshal([]byte(text), &took) == nil {
		s.Files, s.Unchanged, s.New = took.Files, took.Unchanged, took.New
	} else if json.Unmarshal([]byte(text), &files) == nil {
		for _, f := range files {
			if f.New {
				s.Files++
			} else {
				s.Unchanged++
			}
		}
	}
}
