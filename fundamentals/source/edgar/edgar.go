// Package edgar reads what the SEC's EDGAR serves: companyfacts, submissions and
// the lists of tickers, as single JSON files or in the nightly zips.
//
//  1. A streaming scan walks the JSON; nothing but the fact in hand is held, so a
//     file may be of any size. Companyfacts are read by a scan of their one shape
//     first, which leaves whatever it does not expect to the general one.
//  2. Keys that are not known are passed over, in any order; blanks do not matter.
//  3. A value that cannot be (null, not a number, 30 February) rejects its row,
//     with its place; a file of another shape is rejected as a whole.
//
// What EDGAR adds to a fact (fy, fp, frame) describes the filing or the download
// and is not read.
package edgar

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"assay/fundamentals"
)

// scanner walks one JSON text.
type scanner struct {
	*jsontext.Decoder
	input *input
	text  []byte // scratch of value
	mark  int64  // bytes of the mark before the JSON
}

// byteOrderMark stands before the text in files that some editors and downloads
// made.
const byteOrderMark = "\ufeff"

func newScanner(r io.Reader) *scanner {
	in := &input{r: r}
	s := &scanner{input: in}
	first := make([]byte, len(byteOrderMark))
	n, _ := io.ReadFull(in, first) // an error comes again with the next read
	if first = first[:n]; string(first) == byteOrderMark {
		s.mark = int64(n)
		first = nil
	}
	s.Decoder = jsontext.NewDecoder(io.MultiReader(bytes.NewReader(first), in), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	return s
}

// InputOffset returns the place in the file, its mark counted.
func (s *scanner) InputOffset() int64 { return s.mark + s.Decoder.InputOffset() }

// isJSON accepts names in .json: all of them, for a renamed download is one too.
func isJSON(base string) bool { return strings.EqualFold(path.Ext(base), ".json") }

// input remembers what went wrong in reading, to be told without the decoder's
// words around it.
type input struct {
	r   io.Reader
	err error
}

func (in *input) Read(p []byte) (int, error) {
	n, err := in.r.Read(p)
	if err != nil && err != io.EOF {
		in.err = err
	}
	return n, err
}

// whole reads one object and nothing behind it. ok is false if the text is some
// other JSON.
func (s *scanner) whole(member func(name string) error) (ok bool, err error) {
	if ok, err = s.object(member); err != nil {
		return false, s.explain(err)
	}
	at := s.InputOffset()
	_, err = s.ReadToken() // reads to the end, so that a checksum is looked at
	switch {
	case err == io.EOF:
		return ok, nil
	case s.input.err != nil:
		return false, s.input.err
	}
	return false, fmt.Errorf("there is more after the end of the JSON, at byte %d", at)
}

// object calls member for each member of the object that comes next; member
// reads the value or leaves it, and then it is skipped. ok is false, and the
// value skipped, if what comes next is no object.
func (s *scanner) object(member func(name string) error) (ok bool, err error) {
	if s.PeekKind() != '{' {
		return false, s.skip()
	}
	if _, err := s.ReadToken(); err != nil {
		return false, err
	}
	depth := s.StackDepth()
	for s.PeekKind() == '"' {
		name, err := s.string()
		if err != nil {
			return false, err
		}
		before := s.InputOffset()
		if err := member(name); err != nil {
			return false, err
		}
		if s.InputOffset() == before && s.StackDepth() == depth {
			if err := s.skip(); err != nil {
				return false, err
			}
		}
	}
	_, err = s.ReadToken() // the end, or the error in its place
	return err == nil, err
}

// array calls element before each element of the array that comes next; element
// must read it.
func (s *scanner) array(element func() error) (ok bool, err error) {
	if s.PeekKind() != '[' {
		return false, s.skip()
	}
	if _, err := s.ReadToken(); err != nil {
		return false, err
	}
	for {
		switch s.PeekKind() {
		case ']', 0:
			_, err := s.ReadToken()
			return err == nil, err
		}
		if err := element(); err != nil {
			return false, err
		}
	}
}

func (s *scanner) skip() error { return s.SkipValue() }

// value returns the text of the scalar that comes next: a string without its
// quotes, anything else as it is written. The text is good until the next read.
func (s *scanner) value() (kind jsontext.Kind, text []byte, err error) {
	v, err := s.ReadValue()
	if err != nil {
		return 0, nil, err
	}
	if v.Kind() != '"' {
		return v.Kind(), v, nil
	}
	for _, c := range v {
		if c == '\\' {
			s.text, err = jsontext.AppendUnquote(s.text[:0], v)
			if err != nil && !errors.As(err, new(*jsontext.SyntacticError)) { // bad UTF-8 stays as it is
				return '"', s.text, nil
			}
			return '"', s.text, err
		}
	}
	return '"', v[1 : len(v)-1], nil
}

func (s *scanner) string() (string, error) {
	_, text, err := s.value()
	return string(text), err
}

// cik reads a company number, which stands as a number or as a quoted string.
func (s *scanner) cik() (fundamentals.CIK, error) {
	_, text, err := s.value()
	if err != nil {
		return 0, err
	}
	return parseCIK(string(text))
}

func parseCIK(text string) (fundamentals.CIK, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 || n > 9_999_999_999 {
		return 0, fmt.Errorf("%q is not a CIK", text)
	}
	return fundamentals.CIK(n), nil
}

// explain says in plain words what is wrong with a text.
func (s *scanner) explain(err error) error {
	if s.input.err != nil {
		return s.input.err
	}
	if err == io.EOF { // blanks, or a mark, and nothing behind
		return errors.New("the file is empty")
	}
	syntax, ok := errors.AsType[*jsontext.SyntacticError](err)
	if !ok {
		return err
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the JSON breaks off at byte %d (a download that broke off?)", s.mark+syntax.ByteOffset)
	}
	return fmt.Errorf("this is not JSON from byte %d on: %w", s.mark+syntax.ByteOffset, syntax.Err)
}
