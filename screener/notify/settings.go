package notify

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"assay/rules"
)

// Lookup says what a variable of the environment holds.
type Lookup func(name string) (value string, ok bool)

// Mistakes are all mistakes of a configuration's channels, one a line.
type Mistakes []string

func (m Mistakes) Error() string { return strings.Join(m, "\n") }

var channelName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z][a-z0-9-]{0,63}$`) })

// Open reads the channels of a configuration: name -> key -> value. The error is
// [Mistakes]; it names channels and keys, and never what a secret holds.
func Open(settings map[string]any, environment Lookup) (Channels, error) {
	c := Channels{map[string]*channel{}}
	var all Mistakes
	for name, value := range settings {
		f := &fields{channel: name, look: environment}
		values, ok := value.(map[string]any)
		switch {
		case !channelName().MatchString(name):
			f.wrong("a name is of small letters, digits and hyphens")
		case !ok:
			f.wrong("it holds no keys; it wants at least kind")
		default:
			f.values = values
			c.byName[name] = f.open()
		}
		all = append(all, f.mistakes...)
	}
	if all != nil {
		slices.Sort(all) // maps have no order
		return Channels{}, all
	}
	return c, nil
}

// fields reads the keys of one channel and collects what is wrong.
type fields struct {
	channel  string
	values   map[string]any
	look     Lookup
	mistakes Mistakes
	timeout  time.Duration
	hide     []string
}

func (f *fields) wrong(format string, args ...any) {
	f.mistakes = append(f.mistakes, fmt.Sprintf("channel %q: ", f.channel)+fmt.Sprintf(format, args...))
}

// open makes the channel. What it returns is of no use where there are mistakes.
func (f *fields) open() *channel {
	var names []string
	for _, k := range Kinds() {
		names = append(names, k.Name)
	}
	name := f.choice("kind", names...)
	at := slices.Index(names, name)
	if at < 0 {
		return nil
	}
	kind := Kinds()[at]
	f.refuseUnknown(kind)
	f.timeout = f.duration("timeout", 30*time.Second)
	c := &channel{name: f.channel, always: f.flag("always"), moves: f.flag("moves"), failures: f.flag("failures"), timeout: f.timeout}
	c.send = kind.open(f)
	c.hide = f.hide
	return c
}

func (f *fields) refuseUnknown(kind Kind) {
	var known []string
	for _, k := range slices.Concat(CommonKeys(), kind.Keys) {
		known = append(known, k.Name)
	}
	for key := range f.values {
		if slices.Contains(known, key) {
			continue
		}
		if slices.Contains([]string{"secret", "password", "token", "key"}, key) {
			f.wrong("%s: a secret does not stand in the configuration; give secret_env: NAME or secret_file: FILE", key)
			continue
		}
		hint := "it knows " + strings.Join(known, ", ")
		if near := rules.Nearest(key, known); near != "" {
			hint = "did you mean " + near + "?"
		}
		f.wrong("there is no key %s of a %s; %s", key, kind.Name, hint)
	}
}

// text reads a text; "" where there is none.
func (f *fields) text(key string) string {
	switch v := f.values[key].(type) {
	case nil:
		return ""
	case string:
		if hasControl(v) {
			f.wrong("%s: it holds a line end or another control character", key)
			return ""
		}
		return v
	default:
		f.wrong("%s: it is no text", key)
		return ""
	}
}

// need is text that must be there.
func (f *fields) need(key string) string {
	text := f.text(key)
	if _, given := f.values[key]; text == "" && (!given || f.values[key] == "") {
		f.wrong("%s is missing", key)
	}
	return text
}

// choice reads one of several words; the first holds where there is none, save
// for kind, which must be given.
func (f *fields) choice(key string, words ...string) string {
	text := f.text(key)
	switch {
	case text == "" && key != "kind":
		return words[0]
	case text == "":
		f.wrong("%s is missing; it is one of %s", key, strings.Join(words, ", "))
	case !slices.Contains(words, text):
		f.wrong("%s: %q is none of %s", key, text, strings.Join(words, ", "))
	default:
		return text
	}
	return ""
}

func (f *fields) flag(key string) bool {
	v, given := f.values[key]
	b, ok := v.(bool)
	if given && !ok {
		f.wrong("%s: it is true or false", key)
	}
	return b
}

// longestTimeout bounds a try, and with it how long a lease lasts.
const longestTimeout = 10 * time.Minute

func (f *fields) duration(key string, otherwise time.Duration) time.Duration {
	text := f.text(key)
	if text == "" {
		return otherwise
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 || d > longestTimeout {
		f.wrong("%s: %q is no time up to %s, such as 30s", key, text, longestTimeout)
	}
	return d
}

func (f *fields) port(key string, otherwise int) int {
	v, given := f.values[key]
	n, ok := v.(int)
	switch {
	case !given:
		return otherwise
	case !ok || n < 1 || n > 65535:
		f.wrong("%s: it is a number from 1 to 65535", key)
	}
	return n
}

// list reads several texts, or one.
func (f *fields) list(key string) []string {
	items, many := f.values[key].([]any)
	if !many {
		if one := f.need(key); one != "" {
			return []string{one}
		}
		return nil
	}
	var list []string
	for _, item := range items {
		text, ok := item.(string)
		if !ok || hasControl(text) || text == "" {
			f.wrong("%s: %v is no text of one line", key, item)
			continue
		}
		list = append(list, text)
	}
	if len(items) == 0 {
		f.wrong("%s is empty", key)
	}
	return list
}

// trust reads the authority that signs the other side's certificate, where it is
// none that the machine knows. The certificate itself is always checked.
func (f *fields) trust(host string) *tls.Config {
	config := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	file := f.text("ca_file")
	if file == "" {
		return config
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		f.wrong("ca_file: %v", err)
		return config
	}
	config.RootCAs = x509.NewCertPool()
	if !config.RootCAs.AppendCertsFromPEM(pem) {
		f.wrong("ca_file: %s holds no certificate in PEM", file)
	}
	return config
}

// isHere reports whether a host is this machine: the only one that is talked to
// without TLS.
func isHere(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
