package screenfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"assay/screener"
)

// maxExtends is how many screens may stand one upon the other.
const maxExtends = 8

// family is the screen and those that it extends. Files are opened below the
// folder of the screen only, whatever links there are.
type family struct {
	first   string // the name of the screen's file in its folder
	folder  string
	root    *os.Root // nil: not opened yet
	members []string // names of those that have been opened, the screen first
	files   []string // names for messages, in the order in which they were read
	tests   []*node  // tests of the extended screens, for like:
}

// member is a file of a family.
type member struct {
	name    string // its path below the folder, or the name of a shipped screen
	shipped bool
	depth   int
}

func (m member) id() string {
	if m.shipped {
		return "shipped " + m.name
	}
	return m.name
}

func (f *family) begin(src *source) {
	f.folder, f.first = filepath.Dir(src.file), filepath.Base(src.file)
	f.members, f.files = []string{f.first}, []string{src.file}
}

func (f *family) close() {
	if f.root != nil {
		_ = f.root.Close() // only read from
	}
}

// extended lays the tree of a screen over that of the screen that it extends.
func (r *reader) extended(root *node, self member) *node {
	if root.kind != mapping {
		return root
	}
	i := slices.IndexFunc(root.pairs, func(p pair) bool { return p.key.text == "extend" && !p.key.broken })
	if i < 0 {
		return root
	}
	n := root.pairs[i].value
	if n.kind == none && !n.broken {
		return root // reported as a key without a value
	}
	base := r.base(n, self)
	if base == nil {
		r.orphan = true
		return root
	}
	return over(base, root)
}

// base reads the screen that a node names, with those that it extends in turn.
// It returns nil after reporting why it cannot.
func (r *reader) base(n *node, self member) *node {
	name := r.word(n, "extend", "the path of a file or the name of a shipped screen")
	if name == "" {
		return nil
	}
	next, file, text, told := r.find(name, self)
	if told != nil {
		r.wrong(n, codeExtend, told.cause, told.fix)
		return nil
	}
	r.family.members = append(r.family.members, next.id())
	r.family.files = append(r.family.files, file)
	b := r.lang.reader(file, text)
	b.family = r.family
	root := b.parse()
	if root != nil && root.kind == mapping {
		r.family.adopt(root)
		r.screen.Extends = append(r.screen.Extends, screener.Extended{File: file, Text: b.src.text})
		b.screen = r.screen
		root = b.extended(root, next)
	}
	r.problems = append(r.problems, b.problems...)
	r.cleared, r.orphan = r.cleared || b.cleared, r.orphan || b.orphan
	switch {
	case root == nil:
		return nil
	case root.kind != mapping:
		r.wrong(n, codeExtend, fmt.Sprintf("%s is no screen: it holds %s", file, root.shape()), "a screen is a block of keys")
		return nil
	}
	return root
}

// refusal says why a screen is not extended.
type refusal struct{ cause, fix string }

// find opens the screen of that name.
func (r *reader) find(name string, self member) (next member, file string, text []byte, no *refusal) {
	next = member{name: name, depth: self.depth + 1}
	if next.depth > maxExtends {
		return next, "", nil, &refusal{fmt.Sprintf("more than %d screens stand one upon the other", maxExtends), "extend a screen nearer to the ground"}
	}
	if !strings.ContainsAny(name, `/\.`) {
		next.shipped = true
		if no = r.family.circle(next); no != nil {
			return next, "", nil, no
		}
		if e, ok := r.kept(); ok {
			return next, e.File, []byte(e.Text), nil
		}
		if r.lang.Shipped != nil {
			if file, text, ok := r.lang.Shipped(name); ok {
				return next, file, text, nil
			}
		}
		return next, "", nil, &refusal{fmt.Sprintf("no screen that ships is named %s", quoted(name)), didYouMean(name, r.lang.ShippedNames, "a file is named with its ending, such as "+name+".yaml; `assay run --list` lists what ships")}
	}
	if self.shipped {
		return next, "", nil, &refusal{"a screen that ships extends others that ship, and no file", "name one that ships"}
	}
	const stay = "keep the file in the folder of the screen, or below it, and name it by a relative path"
	if filepath.IsAbs(name) || path.IsAbs(name) || filepath.VolumeName(name) != "" || strings.ContainsAny(name, "\\\x00") {
		return next, "", nil, &refusal{fmt.Sprintf("the path %s is not relative", quoted(name)), stay}
	}
	next.name = path.Join(path.Dir(self.name), name)
	if next.name == ".." || strings.HasPrefix(next.name, "../") {
		return next, "", nil, &refusal{fmt.Sprintf("the path %s leaves the folder of the screen", quoted(name)), stay}
	}
	if no = r.family.circle(next); no != nil {
		return next, "", nil, no
	}
	if e, ok := r.kept(); ok {
		return next, e.File, []byte(e.Text), nil
	}
	file = filepath.Join(r.family.folder, filepath.FromSlash(next.name))
	text, err := r.family.read(next.name)
	if err != nil {
		return next, "", nil, unreadableBase(name, err)
	}
	return next, file, text, nil
}

// kept returns the text that was kept of the screen that is extended next.
func (r *reader) kept() (e screener.Extended, ok bool) {
	i := len(r.family.members) - 1 // the screen itself is the first
	if i >= len(r.lang.Kept) {
		return e, false
	}
	return r.lang.Kept[i], true
}

// adopt takes over the tests of an extended screen, before those of the screens
// that were nearer.
func (f *family) adopt(root *node) {
	for _, p := range root.pairs {
		if p.key.text == "test" {
			f.tests = slices.Concat(p.value.items, f.tests)
		}
	}
}

// circle refuses a screen that has been opened already.
func (f *family) circle(next member) *refusal {
	i := slices.Index(f.members, next.id())
	if i < 0 {
		return nil
	}
	way := append(slices.Clone(f.members[i:]), next.id())
	return &refusal{"the screens extend each other: " + strings.Join(way, " -> "), "take one of the extend: lines out"}
}

var errNoFile = errors.New("not a file")

// read reads a file below the folder of the screen.
func (f *family) read(name string) ([]byte, error) {
	if f.root == nil {
		root, err := os.OpenRoot(f.folder)
		if err != nil {
			return nil, err
		}
		f.root = root
	}
	info, err := f.root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNoFile // a pipe would keep us waiting
	}
	if info.Size() > maxBytes {
		return nil, fmt.Errorf("it has %d bytes; a screen has %d at most", info.Size(), maxBytes)
	}
	return f.root.ReadFile(name)
}

func unreadableBase(name string, err error) *refusal {
	cause := err
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		cause = p.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &refusal{fmt.Sprintf("there is no file %s", quoted(name)), "the path is relative to the file that says extend:"}
	case strings.Contains(cause.Error(), "escapes"):
		return &refusal{fmt.Sprintf("the path %s leaves the folder of the screen through a link", quoted(name)), "keep the file in the folder of the screen, or below it"}
	}
	return &refusal{fmt.Sprintf("%s cannot be read: %v", quoted(name), cause), ""}
}

// notInherited are keys that a screen has of its own, or not at all: a screen
// must not send mail because another does.
var notInherited = []string{"screen", "extend", "schedule", "deliver", "test"}

// over lays a screen over the one that it extends: its keys replace or join
// those of the base, by name; null takes one out.
func over(base, top *node) *node {
	out := *top
	out.lost = top.lost || base.lost
	out.pairs = slices.DeleteFunc(slices.Clone(base.pairs), func(p pair) bool { return slices.Contains(notInherited, p.key.text) })
	for _, p := range top.pairs {
		i := slices.IndexFunc(out.pairs, func(b pair) bool { return b.key.text == p.key.text && b.key.src != top.src })
		switch {
		case i < 0:
			out.pairs = append(out.pairs, p)
		case p.value.isNull:
			out.pairs = slices.Delete(out.pairs, i, i+1)
		default:
			out.pairs[i] = pair{p.key, joined(out.pairs[i].value, p)}
		}
	}
	return &out
}

// joined joins two values of the same key.
func joined(base *node, top pair) *node {
	v := top.value
	switch top.key.text {
	case "let", "pass", "missing", "keep", "flag", "rank", "stale":
		if base.kind == mapping && v.kind == mapping {
			return blockOver(base, v)
		}
	case "columns":
		if base.kind == list && v.kind == list {
			return columnsOver(base, v)
		}
	}
	return v
}

// blockOver lays names over names. One that is null takes out that of the base;
// where there is none it stays, and is reported for what it is.
func blockOver(base, top *node) *node {
	out := *top
	out.lost = top.lost || base.lost
	out.pairs, out.removed = slices.Clone(base.pairs), slices.Clone(base.removed)
	for _, p := range top.pairs {
		i := slices.IndexFunc(out.pairs, func(b pair) bool { return b.key.text == p.key.text && b.key.src != top.src })
		switch {
		case i < 0:
			out.pairs = append(out.pairs, p)
		case p.value.isNull:
			out.pairs = slices.Delete(out.pairs, i, i+1)
			out.removed = append(out.removed, p.key.text)
		default:
			out.pairs[i] = p
		}
	}
	return &out
}

// columnsOver lays columns over columns: `- name` and `- name: expression`
// replace the one of that name, and `- name: null` takes it out.
func columnsOver(base, top *node) *node {
	out := *top
	out.items = slices.Clone(base.items)
	for _, item := range top.items {
		i := slices.IndexFunc(out.items, func(b *node) bool { return b.src != top.src && b.label() != "" && b.label() == item.label() })
		switch {
		case i < 0:
			out.items = append(out.items, item)
		case item.kind == mapping && item.pairs[0].value.isNull:
			out.items = slices.Delete(out.items, i, i+1)
		default:
			out.items[i] = item
		}
	}
	return &out
}

// label returns the name of a column, or "".
func (n *node) label() string {
	switch {
	case n.kind == scalar:
		return n.text
	case n.kind == mapping && len(n.pairs) == 1:
		return n.pairs[0].key.text
	}
	return ""
}
