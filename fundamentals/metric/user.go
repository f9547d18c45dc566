package metric

import (
	"assay/fundamentals"
	"assay/rules"
)

// FromUser is where the columns that the user brings come from, as an input says.
const FromUser = "user"

// UserInput describes a column of the user's as the catalogue describes its own.
func UserInput(c fundamentals.UserColumn) Input {
	in := Input{Column: c.Column(), Title: "your column [" + c.Unit + "]", From: FromUser,
		Note: "What you knew on the date: the last word known by then, until the day that it names. It has no history."}
	if in.Unit.Share != 0 {
		in.Note = "As of the shares of the day on which you knew it: splits since then count. " + in.Note
	}
	if c.Unit == fundamentals.TagUnit {
		in.Title = "your tag"
		in.Note = "True of the companies that have the tag on the date, false of all others; not known yet before the day on which the first was known. It has no history."
	}
	return in
}

// EnvWith knows the catalogue and the columns that the user brings. Of two of one
// name that of the catalogue counts.
func EnvWith(user []fundamentals.UserColumn) rules.Env {
	env := withUser{Env: Env(), columns: map[string]rules.Column{}}
	env.names = append(env.names, env.Env.Names()...)
	for _, c := range user {
		if _, ok := env.Env.Column(c.Name); !ok {
			env.columns[c.Name] = c.Column()
			env.names = append(env.names, c.Name)
		}
	}
	return env
}

type withUser struct {
	rules.Env
	columns map[string]rules.Column
	names   []string
}

// Column implements [rules.Env].
func (e withUser) Column(name string) (rules.Column, bool) {
	if c, ok := e.columns[name]; ok {
		return c, true
	}
	return e.Env.Column(name)
}

// Definition implements [rules.Definer].
func (e withUser) Definition(name string) (*rules.Program, bool) {
	if d, ok := e.Env.(rules.Definer); ok {
		return d.Definition(name)
	}
	return nil, false
}

// Titled implements [rules.Titler].
func (e withUser) Titled(words string) string {
	if t, ok := e.Env.(rules.Titler); ok {
		return t.Titled(words)
	}
	return ""
}

// Names implements [rules.Env].
func (e withUser) Names() []string { return e.names }
