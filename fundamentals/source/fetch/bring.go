package fetch

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// order is a file to bring.
type order struct {
	url, path string
	check     func(path string) error // of what arrived, before it takes its place
	resume    bool                    // what was cut off is kept, and goes on
}

func (o order) part() string    { return o.path + ".part" }
func (o order) edition() string { return o.path + ".edition" } // what EDGAR said of the age of the file

// edition is what tells one state of a file from another.
type edition struct {
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
}

// mark is what a request compares by.
func (e edition) mark() string {
	if e.ETag != "" {
		return e.ETag
	}
	return e.LastModified
}

const (
	mostTries = 5
	firstWait = time.Second
	mostWait  = 10 * time.Minute // as long as EDGAR shuts out who asks too often
)

// again is an error after which the request is made once more.
type again struct {
	err   error
	after time.Duration
	grew  bool // more of the file is there than before
}

func (a again) Error() string { return a.err.Error() }

// bring asks until the file is there, or until asking does not help.
func (c *Client) bring(ctx context.Context, o order) (File, error) {
	if err := os.MkdirAll(filepath.Dir(o.path), 0o755); err != nil {
		return File{}, err
	}
	for try := 1; ; try++ {
		isNew, err := c.once(ctx, o)
		if err == nil {
			return File{o.path, isNew}, nil
		}
		more, ok := errors.AsType[again](err)
		if more.grew {
			try = 1
		}
		if !ok || try == mostTries || ctx.Err() != nil {
			return File{}, fmt.Errorf("%s: %w", o.url, err)
		}
		pause := min(max(firstWait<<(try-1), more.after), mostWait)
		c.Note("%s: %v; once more in %s", o.url, err, pause)
		if err := c.Wait(ctx, pause); err != nil {
			return File{}, err
		}
	}
}

// once makes one request; isNew is false where the file has not changed.
func (c *Client) once(ctx context.Context, o order) (isNew bool, err error) {
	if err := c.limit.Wait(ctx); err != nil {
		return false, err
	}
	held, give := context.WithCancelCause(ctx)
	defer give(nil)
	guard := time.AfterFunc(c.Stall, func() { give(fmt.Errorf("EDGAR sends nothing for %s", c.Stall)) })
	defer guard.Stop()
	defer func() {
		if err != nil && ctx.Err() == nil && context.Cause(held) != nil {
			more, _ := errors.AsType[again](err)
			err = again{err: context.Cause(held), grew: more.grew}
		}
	}()
	r, err := http.NewRequestWithContext(held, http.MethodGet, o.url, nil)
	if err != nil {
		return false, err
	}
	r.Header.Set("User-Agent", "assay "+c.contact)
	done := o.ask(r)
	answer, err := c.http.Do(r)
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	if err != nil {
		return false, again{err: err}
	}
	defer func() { _ = answer.Body.Close() }()
	switch answer.StatusCode {
	case http.StatusNotModified:
		return false, nil
	case http.StatusOK:
		return true, c.take(o, answer, 0, guard)
	case http.StatusPartialContent:
		if from := answer.Header.Get("Content-Range"); done == 0 || len(from) == 0 || !startsAt(from, done) {
			return false, errors.Join(again{err: fmt.Errorf("it answers with another part (%q) than the one from %d", from, done)}, os.Remove(o.part()))
		}
		return true, c.take(o, answer, done, guard)
	case http.StatusRequestedRangeNotSatisfiable:
		if err := os.Remove(o.part()); err != nil {
			return false, err
		}
		return false, again{err: errors.New("what was kept of it is of another edition")}
	}
	return false, c.refused(answer)
}

// refused words an answer that brings no file.
func (c *Client) refused(answer *http.Response) error {
	switch status := answer.StatusCode; {
	case status == http.StatusNotFound:
		return ErrNotFound
	case status == http.StatusForbidden:
		return errors.New("EDGAR refuses (403): it does not take the contact for one, or was asked too often of late; check the setting contact, and wait ten minutes")
	case status == http.StatusTooManyRequests || status >= 500:
		return again{err: fmt.Errorf("EDGAR answers %d %s", status, http.StatusText(status)), after: c.retryAfter(answer)}
	default:
		return fmt.Errorf("EDGAR answers %d %s", status, http.StatusText(status))
	}
}

func (c *Client) retryAfter(answer *http.Response) time.Duration {
	text := answer.Header.Get("Retry-After")
	if n, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return at.Sub(c.Now())
	}
	return 0
}

// ask adds to a request what is there already: done bytes of an archive, or an
// edition of the whole.
func (o order) ask(r *http.Request) (done int64) {
	if o.resume {
		r.Header.Set("Accept-Encoding", "identity") // a part is of the file as it lies there
		e, ok := readEdition(o.part() + ".edition")
		if s, err := os.Stat(o.part()); err == nil && ok && s.Size() > 0 {
			r.Header.Set("Range", fmt.Sprintf("bytes=%d-", s.Size()))
			r.Header.Set("If-Range", e.mark())
			return s.Size()
		}
	}
	if _, err := os.Stat(o.path); err != nil {
		return 0
	}
	if e, ok := readEdition(o.edition()); ok {
		if e.ETag != "" {
			r.Header.Set("If-None-Match", e.ETag)
		}
		if e.LastModified != "" {
			r.Header.Set("If-Modified-Since", e.LastModified)
		}
	}
	return 0
}

func startsAt(contentRange string, at int64) bool {
	var from, to int64
	n, _ := fmt.Sscanf(contentRange, "bytes %d-%d/", &from, &to)
	return n == 2 && from == at
}

func readEdition(path string) (e edition, ok bool) {
	text, err := os.ReadFile(path)
	return e, err == nil && json.Unmarshal(text, &e) == nil && e.mark() != ""
}

// take writes what comes behind the bytes that are there, and puts the file in its
// place once it is whole and sound.
func (c *Client) take(o order, answer *http.Response, from int64, guard *time.Timer) (err error) {
	e := edition{answer.Header.Get("ETag"), answer.Header.Get("Last-Modified")}
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if err := os.WriteFile(o.part()+".edition", text, 0o644); err != nil {
		return err
	}
	f, err := os.OpenFile(o.part(), os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	err = f.Truncate(from)
	if err == nil {
		_, err = f.Seek(from, io.SeekStart)
	}
	if err != nil {
		return errors.Join(err, f.Close())
	}
	n, cut := io.Copy(f, c.watched(o, answer, from, guard))
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if cut != nil {
		if !o.resume {
			err = o.forget()
		}
		return errors.Join(err, again{err: fmt.Errorf("the connection ended early: %w", cut), grew: o.resume && n > 0})
	}
	if err := o.check(o.part()); err != nil {
		return errors.Join(again{err: fmt.Errorf("what came is no sound file: %w", err)}, o.forget())
	}
	// The old edition goes first: a stop between the two costs a request, and a new
	// edition beside an old file would keep it old.
	if err := os.Remove(o.edition()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return errors.Join(os.Rename(o.part(), o.path), os.Rename(o.part()+".edition", o.edition()))
}

// watched reads an answer, puts off the moment at which it is given up, and tells
// how far an archive has come.
func (c *Client) watched(o order, answer *http.Response, from int64, guard *time.Timer) io.Reader {
	tell := func(int64) {}
	if c.Progress != nil && o.resume {
		of, name := int64(0), filepath.Base(o.path)
		if answer.ContentLength >= 0 {
			of = from + answer.ContentLength
		}
		tell = func(bytes int64) { c.Progress(name, bytes, of) }
		tell(from)
	}
	return &counted{answer.Body, from, func(bytes int64) {
		guard.Reset(c.Stall)
		tell(bytes)
	}}
}

// counted tells how much has been read.
type counted struct {
	io.Reader
	bytes int64
	tell  func(bytes int64)
}

func (r *counted) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.bytes += int64(n)
	r.tell(r.bytes)
	return n, err
}

func (o order) forget() error {
	return errors.Join(os.Remove(o.part()), os.Remove(o.part()+".edition"))
}

func isJSON(path string) error {
	text, err := os.ReadFile(path)
	if err == nil && !json.Valid(text) {
		err = errors.New("it is not JSON")
	}
	return err
}

func isZip(path string) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	return z.Close()
}
