package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"assay/screener"
)

// settingKey is a setting. What it has no flag for, the environment or the file
// says.
type settingKey struct {
	name  string // in the file; below a block, with a dot
	flag  string // "": none
	usual any
}

// settingKeys lists the settings in the order in which they are told.
func settingKeys() []settingKey {
	return []settingKey{
		{"db", "db", defaultDB()},
		{"format", "format", ""},
		{"quiet", "quiet", false},
		{"contact", "", ""},
		{"screens", "screens", ""},
		{"channels", "", map[string]any{}},
		{"refresh", "", map[string]any{}},
		{"serve.log_format", "log-format", "text"},
		{"serve.poll", "", time.Minute},
		{"serve.keep", "", "400d"},
		{"serve.link", "", ""},
	}
}

// env is the name of a setting in the environment, "" for a block.
func (k settingKey) env() string {
	if _, block := k.usual.(map[string]any); block {
		return ""
	}
	return "ASSAY_" + strings.ToUpper(strings.ReplaceAll(k.name, ".", "_"))
}

// settingOrigin is a setting with its value and where it came from.
type settingOrigin struct {
	Setting string `json:"setting"`
	Value   any    `json:"value"`
	From    string `json:"from"` // default, file, environment or flag
	Where   string `json:"where,omitempty"`
}

// origins tells where each setting came from.
func origins(v *viper.Viper, set *pflag.FlagSet, file string) (list []settingOrigin) {
	for _, k := range settingKeys() {
		o := settingOrigin{Setting: k.name, Value: v.Get(k.name), From: "default"}
		switch flag := set.Lookup(k.flag); {
		case flag != nil && flag.Changed:
			o.From, o.Where = "flag", "--"+k.flag
		case k.env() != "" && os.Getenv(k.env()) != "":
			o.From, o.Where = "environment", k.env()
		case v.InConfig(k.name):
			o.From, o.Where = "file", file
		}
		switch value := o.Value.(type) {
		case map[string]any: // the settings of a channel or a refresh are its own
			o.Value = strings.Join(slices.Sorted(maps.Keys(value)), ", ")
		case time.Duration:
			o.Value = value.String()
		}
		list = append(list, o)
	}
	return list
}

var invalidKeys = pattern(`'(.*)' has invalid keys: (.*)`)

// badConfig words a configuration that cannot be used: keys that are no settings,
// and values of the wrong kind.
func badConfig(file string, err error, values []settingOrigin) error {
	m := invalidKeys().FindStringSubmatch(err.Error())
	if m == nil {
		for _, o := range values {
			if strings.Contains(err.Error(), "'"+o.Setting+"'") {
				return usage(`"assay help settings" says what it can be`, "%s %s: %s cannot be %v", o.From, o.Where, o.Setting, o.Value)
			}
		}
		return usage(`"assay help settings" lists them`, "configuration %s: %s", file, strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	var known []string
	for _, k := range settingKeys() {
		if block, rest, nested := strings.Cut(k.name, "."); nested && block == m[1] {
			known = append(known, rest)
		} else if m[1] == "" && !slices.Contains(known, block) {
			known = append(known, block)
		}
	}
	first, _, _ := strings.Cut(m[2], ",")
	last := len(known) - 1
	hint := didYouMean(strings.TrimSpace(first), known, "it knows "+strings.Join(known[:last], ", ")+" and "+known[last])
	return usage(hint, "configuration %s: there is no setting %s", file, strings.TrimPrefix(m[1]+"."+m[2], "."))
}

func (a *app) configCommand() *cobra.Command {
	var origin bool
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show the settings, and where each came from",
		Long: `Config shows the settings as they count for this call: a flag wins over the
environment, that over the configuration file, and that over what is usual. With
--origin it says of each which of them it was. Of channels and refresh it shows the
names.`,
		Example: `  assay config
  assay config --origin --config other.yaml`,
		Args: exactly(),

		Annotations: idle{"as-of": ""},

		RunE: func(*cobra.Command, []string) error {
			return a.showConfig(origin)
		},
	}
	cmd.Flags().BoolVar(&origin, "origin", false, "say where each value came from")
	return cmd
}

func (a *app) showConfig(origin bool) error {
	format, err := a.format("table", "json")
	if err != nil && (a.flags.format || a.flags.file != "") {
		return err
	}
	if err != nil { // settings are shown whatever they say
		format = "table"
	}
	return a.out.deliver(a.flags.file, func(w io.Writer) error {
		if format == "json" {
			return screener.WriteJSON(w, a.origins)
		}
		t := newTable("setting", "value")
		if origin {
			t = newTable("setting", "value", "from", "where")
		}
		for _, o := range a.origins {
			row := []string{o.Setting, fmt.Sprint(o.Value)}
			if origin {
				row = append(row, o.From, o.Where)
			}
			t.add(row...)
		}
		return t.write(w)
	})
}
