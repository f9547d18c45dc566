// Package library holds the screens that ship with the program, as the text
// that a user could have written: a file of its own for each, to be read,
// copied and changed. Beside it stands a page of the same name: who proposed the
// idea, what it leaves out, its weak points, and how many passed.
package library

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed *.yaml *.md
var files embed.FS

// Entry is a screen that ships.
type Entry struct {
	Name string
	File string // the name of its file, for messages
	Text []byte
	Page string   // what is to be known before it is used, as plain text
	Tags []string // the user's tags that it asks for
}

// About says in a sentence what the screen is for, as its text does.
func (e Entry) About() string {
	var head struct {
		About string `yaml:"about"`
	}
	if err := yaml.Unmarshal(e.Text, &head); err != nil {
		panic(fmt.Sprintf("the embedded screen %s cannot be read: %v", e.File, err))
	}
	return strings.Join(strings.Fields(head.About), " ")
}

// tags lists the user's tags that a screen asks for.
func tags(screen string) []string {
	if screen == "reshoring-beneficiaries" {
		return []string{"reshoring"}
	}
	return nil
}

// List lists the screens that ship, by name.
func List() (list []Entry) {
	for _, name := range Names() {
		list = append(list, read(name+".yaml"))
	}
	return list
}

// Names lists their names alone.
func Names() (names []string) {
	found, err := fs.Glob(files, "*.yaml")
	if err != nil {
		panic(fmt.Sprintf("the embedded screens cannot be listed: %v", err))
	}
	for _, file := range found {
		names = append(names, strings.TrimSuffix(file, ".yaml"))
	}
	return names
}

// Open returns the screen of that name; ok is false where none ships.
func Open(name string) (e Entry, ok bool) {
	if _, err := fs.Stat(files, name+".yaml"); err != nil {
		return Entry{}, false
	}
	return read(name + ".yaml"), true
}

// embedded reads an embedded file. It is part of the program, so what is wrong
// with it is wrong with the program.
func embedded(file string) []byte {
	text, err := files.ReadFile(file)
	if err != nil {
		panic(fmt.Sprintf("the embedded %s cannot be read: %v", file, err))
	}
	return text
}

func read(file string) Entry {
	name := strings.TrimSuffix(file, ".yaml")
	return Entry{Name: name, File: file, Text: embedded(file), Page: string(embedded(name + ".md")), Tags: tags(name)}
}
