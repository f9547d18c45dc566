package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/adrg/xdg"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"assay/fundamentals"
	"assay/screener/export"
)

// settings can be given by a flag, by the environment (ASSAY_DB ...) or in the
// configuration file, the first of them wins.
type settings struct {
	DB       string         `mapstructure:"db"`
	Format   string         `mapstructure:"format"`
	Quiet    bool           `mapstructure:"quiet"`
	Contact  string         `mapstructure:"contact"`  // who asks EDGAR
	Screens  string         `mapstructure:"screens"`  // the folder of the screens that are scheduled
	Channels map[string]any `mapstructure:"channels"` // by name, each with settings of its own
	Refresh  map[string]any `mapstructure:"refresh"`  // by name, what is brought before scheduled screens
	Serve    serveSettings  `mapstructure:"serve"`
}

// serveSettings are those of the daemon.
type serveSettings struct {
	LogFormat string        `mapstructure:"log_format"`
	Poll      time.Duration `mapstructure:"poll"`
	Keep      string        `mapstructure:"keep"` // how long what was done and sent is kept
	Link      string        `mapstructure:"link"` // of messages; {screen}, {run} and {as_of} stand for those of a run
}

// callFlags can be given by a flag only: they speak of one call.
type callFlags struct {
	config string
	asOf   string
	json   bool
	file   string
	format bool // this call says it, by --format or --json
}

// defineFlags declares the flags that every verb has.
func (a *app) defineFlags(set *pflag.FlagSet) {
	set.String("db", "", "the database `FILE` (default "+defaultDB()+")")
	set.String("format", "", "how results are written: table or `json`; of others \"assay help exports\" tells (default table, or by the ending of -o)")
	set.Bool("quiet", false, "no progress and no remarks on stderr")
	set.StringVar(&a.flags.config, "config", "", "the configuration `FILE` (default "+defaultConfig()+")")
	set.StringVar(&a.flags.asOf, "as-of", "", "what was known on this day, `YYYY-MM-DD` (default today)")
	set.BoolVar(&a.flags.json, "json", false, "short for --format json")
	set.StringVarP(&a.flags.file, "output", "o", "", "write the result to `FILE`, whole or not at all")
}

func defaultDB() string     { return filepath.Join(xdg.DataHome, "assay", "assay.db") }
func defaultConfig() string { return filepath.Join(xdg.ConfigHome, "assay", "config.yaml") }

// load reads the settings once the flags are parsed.
func (a *app) load(set *pflag.FlagSet) error {
	v := viper.NewWithOptions(viper.ExperimentalBindStruct())
	v.SetEnvPrefix("assay")
	v.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))
	v.AutomaticEnv()
	for _, k := range settingKeys() {
		v.SetDefault(k.name, k.usual)
		if f := set.Lookup(k.flag); f != nil && f.Changed {
			v.Set(k.name, f.Value.String())
		}
	}
	file, given := a.flags.config, a.flags.config != ""
	if !given {
		file, given = os.LookupEnv("ASSAY_CONFIG")
	}
	if file == "" {
		file, given = defaultConfig(), false
	}
	v.SetConfigFile(file)
	unread, err := readConfig(v, file, given)
	if err != nil {
		return err
	}
	a.origins = origins(v, set, file)
	if err := v.UnmarshalExact(&a.settings); err != nil {
		return badConfig(file, err, a.origins)
	}
	a.out.quiet = a.settings.Quiet
	if unread != nil {
		a.out.note("the settings in %s do not count: %v", file, unread)
		if !set.Lookup("db").Changed && os.Getenv("ASSAY_DB") == "" {
			a.unread = usage("it may name the database; --db FILE or ASSAY_DB does too", "configuration %s: %w", file, unread)
		}
	}
	a.flags.format = a.flags.json || set.Lookup("format").Changed
	if a.flags.json {
		if a.settings.Format != "" && a.settings.Format != "json" && set.Lookup("format").Changed {
			return usage("", "--json and --format %s contradict each other", a.settings.Format)
		}
		a.settings.Format = "json"
	}
	return nil
}

// readConfig reads the configuration file. One that the user named must be there.
// The default one need not; where it is there and may not be read, it is unread,
// which matters to those who need a setting that it may hold.
func readConfig(v *viper.Viper, file string, given bool) (unread, err error) {
	err = v.ReadInConfig()
	broken, ok := errors.AsType[*fs.PathError](err)
	switch {
	case err == nil:
		return nil, nil
	case given || !ok:
		return nil, usage("", "configuration %s: %w", file, plainConfigError(err))
	}
	if _, err := os.Stat(file); err != nil { // not there, or in a folder that is closed to us
		return nil, nil
	}
	return broken.Err, nil
}

func plainConfigError(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("there is no such file")
	}
	return err
}

// format returns how the result is to be written; the verb names the formats
// that it knows, the default first. What this call says goes before the ending
// of -o, and that before the environment and the configuration.
func (a *app) format(known ...string) (string, error) {
	f := a.settings.Format
	ending := filepath.Ext(a.flags.file)
	i := slices.IndexFunc(known, func(name string) bool { return ending != "" && endingOf(name) == ending })
	switch {
	case i >= 0 && !a.flags.format:
		f = known[i]
	case i < 0 && f == "" && foreign(ending):
		return "", usage("the endings here are "+strings.Join(endings(known), " ")+"; --format says it for any name",
			"-o %s: nothing here is written as %s", a.flags.file, ending)
	case f == "":
		f = known[0]
	}
	if !slices.Contains(known, f) {
		return "", usage("the formats here are "+strings.Join(known, ", "), "no format %q for this verb", f)
	}
	if i >= 0 && endingOf(f) != ending {
		a.out.note("%s is written as %s: what --format says goes before the ending", a.flags.file, f)
	}
	return f, a.fitsScreen(f)
}

// fitsScreen refuses to write what is no text onto a terminal.
func (a *app) fitsScreen(format string) error {
	if f, ok := export.Lookup(format); ok && f.Binary && a.flags.file == "" && a.out.screen {
		return usage("write it into a file with -o, such as -o list"+f.Ending+", or into a pipe", "%s is no text for a terminal", format)
	}
	return nil
}

// endingOf is how the names of files of a format end.
func endingOf(format string) string {
	if f, ok := export.Lookup(format); ok {
		return f.Ending
	}
	if format == "table" {
		return ".txt"
	}
	return "." + format
}

// endings lists the endings of formats, each once.
func endings(formats []string) (all []string) {
	for _, f := range formats {
		if e := endingOf(f); !slices.Contains(all, e) {
			all = append(all, e)
		}
	}
	return all
}

// foreign tells the ending of a format that the verb does not write, such as
// .xls, from what only looks like an ending, as in list.2024-03-08.
func foreign(ending string) bool {
	return len(ending) > 1 && !strings.ContainsFunc(ending[1:], func(r rune) bool { return !unicode.IsLetter(r) })
}

// asOf returns the day that the user asks about.
func (a *app) asOf() (fundamentals.Date, error) {
	if a.flags.asOf == "" {
		return fundamentals.DateOf(a.now()), nil
	}
	d, err := fundamentals.ParseDate(a.flags.asOf)
	if err != nil {
		return 0, &failure{exitUsage, fmt.Errorf("--as-of: %w", err), "for example --as-of 2024-03-08"}
	}
	return d, nil
}
