// Package library holds the screens that ship with the program, as the text
// that a user could have written: a file of its own for each, to be read,
// copied and changed.
package library

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed *.yaml
var files embed.FS

// Entry is a screen that ships.
type Entry struct {
	Name  string
	About string
	File  string // the name of its file, for messages
	Text  []byte
	Tags  []string // the user's tags that it asks for
}

// tags lists the user's tags that a screen asks for.
func tags(screen string) []string {
	if screen == "reshoring-beneficiaries" {
		return []string{"reshoring"}
	}
	return nil
}

// List lists the screens that ship, by name.
func List() []Entry {
	dir, err := files.ReadDir(".")
	if err != nil {
		panic(fmt.Sprintf("the embedded screens cannot be listed: %v", err))
	}
	var out []Entry
	for _, file := range dir {
		out = append(out, read(file.Name()))
	}
	return slices.Clip(out)
}

// Open returns the screen of that name; ok is false where none ships.
func Open(name string) (e Entry, ok bool) {
	for _, e := range List() {
		if e.Name == name {
			return e, true
		}
	}
	return Entry{}, false
}

// read reads an embedded file. It is part of the program, so what is wrong
// with it is wrong with the program.
func read(file string) Entry {
	text, err := files.ReadFile(file)
	if err != nil {
		panic(fmt.Sprintf("the embedded screen %s cannot be read: %v", file, err))
	}
	var head struct {
		About string `yaml:"about"`
	}
	if err := yaml.Unmarshal(text, &head); err != nil {
		panic(fmt.Sprintf("the embedded screen %s cannot be read: %v", file, err))
	}
	name := strings.TrimSuffix(file, ".yaml")
	return Entry{Name: name, About: strings.Join(strings.Fields(head.About), " "), File: file, Text: text, Tags: tags(name)}
}
