package notify

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func fileKind() Kind {
	return Kind{
		Name: "file",
		Doc:  "writes to a file of a folder",
		Keys: []Key{
			{"folder", "it must be there; nothing outside of it is written to"},
			{"name", "of the file, without folders; {screen} stands for the screen; default {screen}.txt, of json {screen}.json"},
			{"mode", "append, or replace by the newest message; default append"},
			{"body", "text, or json, one message a line; default text"},
		},
		open: openFile,
	}
}

// drawer is a folder, and how a message is put in it.
type drawer struct {
	folder, name  string
	replace, json bool
}

func openFile(f *fields) sender {
	d := drawer{folder: f.need("folder"), name: f.text("name")}
	d.replace = f.choice("mode", "append", "replace") == "replace"
	d.json = f.choice("body", "text", "json") == "json"
	if d.name == "" {
		d.name = "{screen}.txt"
		if d.json {
			d.name = "{screen}.json"
		}
	}
	if !isFileName(strings.ReplaceAll(d.name, "{screen}", "screen")) {
		f.wrong("name: %q is no name of a file in the folder", d.name)
	}
	if stat, err := os.Stat(d.folder); d.folder != "" && (err != nil || !stat.IsDir()) {
		f.wrong("folder: there is no folder %s", d.folder)
	}
	return d.send
}

// isFileName reports whether a name is of a file right in its folder, on every
// system, and no hidden one.
func isFileName(name string) bool {
	return filepath.IsLocal(name) && !strings.ContainsAny(name, `/\:`) && !strings.HasPrefix(name, ".")
}

func (d drawer) send(_ context.Context, v delivery) error {
	name := strings.ReplaceAll(d.name, "{screen}", v.message.Screen)
	if !isFileName(name) {
		return permanently("%q is no name of a file in %s", name, d.folder)
	}
	text := fmt.Appendf(nil, "%s\nkey %s, run at %s\n\n", v.message.text(), v.key, v.message.At.UTC().Format("2006-01-02 15:04:05Z"))
	if d.json {
		var err error
		if text, err = document(v); err != nil {
			return permanently("%w", err)
		}
		text = append(text, '\n')
	}
	root, err := os.OpenRoot(d.folder) // a link cannot lead out of it either
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	if d.replace {
		next := name + "." + v.key + ".next"
		if err := write(root, next, os.O_TRUNC, text); err != nil {
			return errors.Join(err, ignoreAbsent(root.Remove(next)))
		}
		return root.Rename(next, name)
	}
	return write(root, name, os.O_APPEND, text)
}

// write writes to a file, and to the disk, before it says that it did.
func write(root *os.Root, name string, how int, text []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|how, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}

func ignoreAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
