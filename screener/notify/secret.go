package notify

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"runtime"
	"strings"
)

// secret is a text that never prints itself, whatever prints what holds it.
type secret struct{ text *string }

func (s secret) given() bool { return s.text != nil }

func (s secret) reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// String, GoString, MarshalText and LogValue stand in for the text.
func (s secret) String() string               { return "[secret]" }
func (s secret) GoString() string             { return "[secret]" }
func (s secret) MarshalText() ([]byte, error) { return []byte("[secret]"), nil }
func (s secret) LogValue() slog.Value         { return slog.StringValue("[secret]") }

// secret reads NAME_env or NAME_file; no secret is given where neither is.
func (f *fields) secret(name string) secret {
	variable, file := f.text(name+"_env"), f.text(name+"_file")
	var text string
	switch {
	case variable != "" && file != "":
		f.wrong("%s_env and %s_file are given; one is enough", name, name)
		return secret{}
	case variable != "":
		value, ok := f.look(variable)
		if !ok || value == "" {
			f.wrong("%s_env: the environment has no %s", name, variable)
			return secret{}
		}
		text = value
	case file != "":
		value, err := readSecret(file)
		if err != nil {
			f.wrong("%s_file: %v", name, err)
			return secret{}
		}
		text = value
	default:
		return secret{}
	}
	if hasControl(text) {
		f.wrong("%s: it holds a line end or another control character", name)
		return secret{}
	}
	f.conceal(text)
	return secret{&text}
}

// conceal notes a text, and the ways in which others may spell it, as one that no
// error may say.
func (f *fields) conceal(text string) {
	f.hide = append(f.hide, text, base64.StdEncoding.EncodeToString([]byte(text)), url.QueryEscape(text), url.PathEscape(text))
}

// largestSecret bounds what is read of a file, in bytes.
const largestSecret = 1 << 16

// readSecret reads a file that nobody but its owner may read.
func readSecret(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	stat, err := f.Stat() // of what was opened, not of what has the name by now
	if err != nil {
		return "", err
	}
	if !stat.Mode().IsRegular() {
		return "", fmt.Errorf("%s is no plain file", file)
	}
	// Windows has other permissions than these bits say.
	if mode := stat.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return "", fmt.Errorf("others may read or write %s (its mode is %04o); chmod 600 closes it", file, mode)
	}
	text, err := io.ReadAll(io.LimitReader(f, largestSecret))
	if err != nil {
		return "", err
	}
	line := strings.TrimRight(string(text), "\r\n")
	if line == "" {
		return "", errors.New(file + " is empty")
	}
	return line, nil
}
