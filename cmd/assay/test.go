package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/rules"
	"assay/screener"
	"assay/screener/screenfile"
)

// testCall is what a call of test asks for.
type testCall struct {
	only      string
	requireDB bool
	coverage  string
}

func (a *app) testCommand() *cobra.Command {
	var call testCall
	cmd := &cobra.Command{
		Use:   "test FILE...",
		Short: "Run the tests of screen files",
		Long: `Test runs the tests that stand in screen files under test:, and those in files
beside them that end in _test.yaml and name the screen. A test invents companies
(given:) or takes one of the database (on: and company:) and says what the screen
must make of them. "assay help tests" tells how they are written.

Tests against the database are skipped where there is none. The exit status is 4
if a test fails.`,
		Example: `  assay test my-screen.yaml
  assay test screens/ --run compounder --format junit -o report.xml
  assay test my-screen.yaml --db assay.db --require-db --min-coverage 80%`,
		Args: atLeast("FILE"),

		Annotations: idle{"as-of": "a test against the database says its day: on:"},

		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := a.format("table", "json", "junit")
			if err != nil {
				return err
			}
			return a.test(cmd.Context(), format, args, call)
		},
	}
	cmd.Flags().StringVar(&call.only, "run", "", "only the tests whose name matches this `REGEX`")
	cmd.Flags().BoolVar(&call.requireDB, "require-db", false, "fail where tests are skipped because there is no database")
	cmd.Flags().StringVar(&call.coverage, "min-coverage", "", "fail where the tests see less than this `SHARE` of true, false and unknown of all conditions, such as 80%")
	return cmd
}

func (a *app) test(ctx context.Context, format string, args []string, call testCall) (err error) {
	least, err := share(call.coverage)
	if err != nil {
		return err
	}
	var only *regexp.Regexp
	if call.only != "" {
		if only, err = regexp.Compile(call.only); err != nil {
			return usage("", "--run: %w", err)
		}
	}
	trials, err := a.trialsOf(ctx, args)
	if err != nil {
		return err
	}
	tables := &goldenTables{a: a}
	defer func() { err = errors.Join(err, tables.close(ctx)) }()
	var reports []*screenfile.TestReport
	for _, t := range trials {
		t.Only = only
		if t.Table, err = tables.of(ctx, t); err != nil {
			return err
		}
		r, err := t.Run(ctx)
		if err != nil {
			return err
		}
		reports = append(reports, r)
	}
	if err := a.out.deliver(a.flags.file, func(w io.Writer) error { return writeTests(w, format, reports) }); err != nil {
		return err
	}
	return verdictOn(reports, call.requireDB, least)
}

// share reads a share such as 80%.
func share(text string) (float64, error) {
	if text == "" {
		return 0, nil
	}
	var percent float64
	if _, err := fmt.Sscanf(text, "%g%%", &percent); err != nil || !strings.HasSuffix(text, "%") || percent < 0 || percent > 100 {
		return 0, usage("write a share from 0% to 100%, such as 80%", "--min-coverage cannot be %q", text)
	}
	return percent / 100, nil
}

// verdictOn ends the verb: with an error if a test failed, or if what the user
// asks of the tests as a whole does not hold.
func verdictOn(reports []*screenfile.TestReport, requireDB bool, least float64) error {
	failed, skipped := 0, 0
	var thin []string
	for _, r := range reports {
		failed, skipped = failed+r.Failed, skipped+r.Skipped
		if r.Share() < least {
			thin = append(thin, fmt.Sprintf("%s (%.0f%%)", r.File, 100*r.Share()))
		}
	}
	switch {
	case failed > 0:
		return &failure{exitCheck, errTold, ""}
	case requireDB && skipped > 0:
		return &failure{exitCheck, fmt.Errorf("%d tests were skipped: there is no database", skipped), "--db FILE names one"}
	case len(thin) > 0:
		return &failure{exitCheck, fmt.Errorf("the tests cover too little of %s", strings.Join(thin, ", ")), ""}
	}
	return nil
}

// trialsOf reads the screens that arguments name with all their tests.
func (a *app) trialsOf(ctx context.Context, args []string) (trials []screenfile.Trial, err error) {
	files, err := screenFiles(args)
	if err != nil {
		return nil, err
	}
	done := map[string]bool{}
	var problems screenfile.Problems
	for _, file := range files {
		if done[file] {
			continue
		}
		done[file] = true
		t, err := a.trialOf(ctx, file, done)
		if told, ok := errors.AsType[screenfile.Problems](err); ok {
			problems = append(problems, told...)
			continue
		}
		if err != nil {
			return nil, err
		}
		trials = append(trials, t)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return trials, nil
}

// trialOf reads a screen with its tests and those of the files beside it, or a
// file of tests alone with its screen. done are the files that have been read.
func (a *app) trialOf(ctx context.Context, file string, done map[string]bool) (t screenfile.Trial, err error) {
	if text, ok := suiteText(file); ok {
		return a.suiteOf(ctx, file, text)
	}
	screen, env, err := a.testedScreen(ctx, file)
	if err != nil {
		return t, err
	}
	t = screenfile.Trial{Screen: screen, Env: env, Tests: screen.Tests}
	if _, err := os.Stat(file); err != nil {
		return t, nil // one that ships
	}
	beside, err := filepath.Glob(filepath.Join(escaped(filepath.Dir(file)), "*_test.y*ml"))
	if err != nil {
		return t, err
	}
	for _, name := range beside {
		text, ok := suiteText(name)
		if !ok || done[name] || suiteScreen(name, text) != filepath.Clean(file) {
			continue
		}
		done[name] = true
		suite, env, problems := a.parseSuite(ctx, name, text, screen)
		if len(problems) > 0 {
			return t, problems
		}
		if len(env.Names()) > len(t.Env.Names()) {
			t.Env = env
		}
		t.Tests = append(t.Tests[:len(t.Tests):len(t.Tests)], suite.Tests...)
	}
	return t, nil
}

// suiteText returns the text of a file of tests; ok is false of all else.
func suiteText(file string) (text []byte, ok bool) {
	text, err := readStart(file)
	return text, err == nil && screenfile.IsSuite(file, text)
}

// testedScreen reads a screen whose tests are to be run, which tags of the user's
// need not be there for.
func (a *app) testedScreen(ctx context.Context, name string) (screen *screener.Screen, env rules.Env, err error) {
	file, text, err := screenText(name)
	if err != nil {
		return nil, nil, err
	}
	env, problems := a.understand(ctx, shippedTags(), func(l screenfile.Language) (told screenfile.Problems) {
		screen, told = l.Parse(file, text)
		return told
	})
	if len(problems) > 0 {
		return nil, nil, problems
	}
	return screen, env, nil
}

func (a *app) parseSuite(ctx context.Context, file string, text []byte, screen *screener.Screen) (suite *screenfile.Suite, env rules.Env, problems screenfile.Problems) {
	env, problems = a.understand(ctx, shippedTags(), func(l screenfile.Language) (told screenfile.Problems) {
		suite, told = l.ParseSuite(file, text, screen)
		return told
	})
	return suite, env, problems
}

// escaped makes a folder safe to stand in a pattern.
func escaped(folder string) string {
	return regexp.MustCompile(`[*?\[\\]`).ReplaceAllString(folder, `\$0`)
}

// suiteScreen returns the path of the screen that a file of tests is about.
func suiteScreen(file string, text []byte) string {
	name := screenfile.SuiteScreen(file, text)
	if name == "" || filepath.Ext(name) == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(file), name)
}

// suiteOf reads a file of tests and the screen that it is about.
func (a *app) suiteOf(ctx context.Context, file string, text []byte) (t screenfile.Trial, err error) {
	name := suiteScreen(file, text)
	if name == "" {
		_, _, problems := a.parseSuite(ctx, file, text, &screener.Screen{})
		return t, problems
	}
	screen, _, err := a.testedScreen(ctx, name)
	if err != nil {
		return t, err
	}
	suite, env, problems := a.parseSuite(ctx, file, text, screen)
	if len(problems) > 0 {
		return t, problems
	}
	return screenfile.Trial{Screen: screen, Env: env, Tests: suite.Tests, Likes: screen.Tests}, nil
}

// goldenTables opens the database when a test first needs it, and its tables.
type goldenTables struct {
	a    *app
	db   *store.DB
	none bool // there is no database
	open map[string]*snapshot.Table
}

// of returns what opens the tables for the tests of a screen: nil where no test
// needs any, or there is no database.
func (g *goldenTables) of(ctx context.Context, t screenfile.Trial) (func(context.Context, fundamentals.Date) (screener.Table, error), error) {
	if g.none || !slices.ContainsFunc(t.Tests, func(test screener.Test) bool { return test.On != "" }) {
		return nil, nil
	}
	if g.db == nil {
		if _, err := os.Stat(g.a.settings.DB); errors.Is(err, fs.ErrNotExist) {
			g.none = true
			return nil, nil
		}
		db, err := g.a.openDB(ctx)
		if err != nil {
			return nil, err
		}
		g.db, g.open = db, map[string]*snapshot.Table{}
	}
	stale := t.Screen.Stale
	return func(ctx context.Context, on fundamentals.Date) (screener.Table, error) {
		key := fmt.Sprint(on, stale)
		if g.open[key] == nil {
			table, err := openTable(ctx, g.db, on, stale)
			if err != nil {
				return nil, err
			}
			g.open[key] = table
		}
		return g.open[key], nil
	}, nil
}

// close keeps what the tables computed for the next time, and closes the
// database.
func (g *goldenTables) close(ctx context.Context) (err error) {
	if g.db == nil {
		return nil
	}
	for _, table := range g.open {
		err = errors.Join(err, g.a.keep(ctx, table))
	}
	return errors.Join(err, g.db.Close())
}
