package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adrg/xdg"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"assay/fundamentals"
)

// settings can be given by a flag, by the environment (ASSAY_DB ...) or in the
// configuration file, the first of them wins.
type settings struct {
	DB     string `mapstructure:"db"`
	Format string `mapstructure:"format"`
	Quiet  bool   `mapstructure:"quiet"`

	Contact string `mapstructure:"contact"` // who asks EDGAR

	Channels map[string]any `mapstructure:"channels"` // in the file only; screener/notify reads them
}

// callFlags can be given by a flag only: they speak of one call.
type callFlags struct {
	config string
	asOf   string
	json   bool
	file   string
}

// defineFlags declares the flags that every verb has.
func (a *app) defineFlags(set *pflag.FlagSet) {
	set.String("db", "", "the database `FILE` (default "+defaultDB()+")")
	set.String("format", "", "how results are written: table or `json`; of demo, run, tune and metrics --coverage csv too, of test junit (default table)")
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
	v.AutomaticEnv()
	v.SetDefault("db", defaultDB())
	v.SetDefault("format", "")
	for _, name := range []string{"db", "format", "quiet"} {
		if f := set.Lookup(name); f.Changed {
			v.Set(name, f.Value.String())
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
	if err := v.UnmarshalExact(&a.settings); err != nil {
		return usage("it knows db, format, quiet, contact and channels", "configuration %s: %s", file, unknownKeys(err))
	}
	a.out.quiet = a.settings.Quiet
	if unread != nil {
		a.out.note("the settings in %s do not count: %v", file, unread)
		if !set.Lookup("db").Changed && os.Getenv("ASSAY_DB") == "" {
			a.unread = usage("it may name the database; --db FILE or ASSAY_DB does too", "configuration %s: %w", file, unread)
		}
	}
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

// unknownKeys shortens the library's report of keys that are no settings.
func unknownKeys(err error) string {
	text := err.Error()
	if _, keys, ok := strings.Cut(text, "has invalid keys: "); ok {
		return "there is no setting " + strings.TrimSpace(keys)
	}
	return text
}

// format returns how the result is to be written; the verb names the formats
// that it knows, the default first. The ending of -o counts if nothing else
// was said.
func (a *app) format(known ...string) (string, error) {
	f := a.settings.Format
	if ending := strings.TrimPrefix(filepath.Ext(a.flags.file), "."); f == "" && slices.Contains(known, ending) {
		return ending, nil
	}
	if f == "" {
		return known[0], nil
	}
	if !slices.Contains(known, f) {
		return "", usage("the formats here are "+strings.Join(known, ", "), "no format %q for this verb", f)
	}
	return f, nil
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
