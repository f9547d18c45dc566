// Package fetch brings EDGAR's files to a folder, for the readers of the other rooms.
//
//  1. [Edgar] wants a contact: EDGAR refuses who does not say who asks.
//  2. [Client.Company] brings what one company filed, [Client.Bulk] the nightly
//     archives of all, [Client.Tickers] which ticker is whose.
//  3. Beside each file stands what EDGAR said of its age: it is not brought again
//     until it changed. An archive that was cut off goes on where it stopped, as
//     often as it comes further.
//  4. At most ten requests are made in a second; who is told to wait waits.
//
// A file is written whole or not at all.
package fetch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"assay/fundamentals"

	"golang.org/x/time/rate"
)

// Options say what a client is given besides its contact.
type Options struct {
	Now   func() time.Time
	Wait  func(ctx context.Context, d time.Duration) error // nil: by a timer
	Note  func(format string, args ...any)                 // what goes wrong and is tried again; nil: nobody hears of it
	Stall time.Duration                                    // how long EDGAR may send nothing; 0: a minute
	// Progress hears how far an archive has come; nil: nobody does. Of is 0 where
	// EDGAR does not say how large it is.
	Progress func(name string, bytes, of int64)
	Base     string // of a server that stands in for EDGAR's hosts; "": those
}

// Client asks EDGAR for files.
type Client struct {
	Options
	contact string
	limit   *rate.Limiter
	http    *http.Client
}

// perSecond is how many requests EDGAR allows.
const perSecond = 10

// Edgar returns a client who says who he is: a name and a mail address, as EDGAR
// asks of programs.
func Edgar(contact string, o Options) (*Client, error) {
	if !strings.Contains(contact, "@") || strings.ContainsAny(contact, "\r\n") {
		return nil, fmt.Errorf("contact %q: EDGAR wants a name and a mail address, such as Ann Example ann@example.com", contact)
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	if o.Stall == 0 {
		o.Stall = time.Minute
	}
	if o.Note == nil {
		o.Note = func(string, ...any) {}
	}
	c := &Client{Options: o, contact: contact, limit: rate.NewLimiter(perSecond, 1)}
	c.http = &http.Client{CheckRedirect: func(r *http.Request, before []*http.Request) error {
		if r.URL.Host != before[0].URL.Host || len(before) > 3 {
			return errors.New("it redirects to " + r.URL.Host + ", which is not followed")
		}
		return nil
	}}
	return c, nil
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The hosts of EDGAR.
const (
	dataHost = "https://data.sec.gov"
	fileHost = "https://www.sec.gov"
)

func (c *Client) at(host, path string) string {
	if c.Base != "" {
		host = c.Base
	}
	return host + path
}

// File is one that was asked for.
type File struct {
	Path string
	New  bool // false: EDGAR says that it has not changed
}

// ErrNotFound is wrapped by errors about what EDGAR does not have.
var ErrNotFound = errors.New("EDGAR has no such file")

// Company brings the facts and the list of filings of a company to a folder. Either
// file may be there though the other is not.
func (c *Client) Company(ctx context.Context, cik fundamentals.CIK, folder string) (files []File, err error) {
	for _, a := range []struct{ folder, path string }{{"companyfacts", "/api/xbrl/companyfacts/"}, {"submissions", "/submissions/"}} {
		name := fmt.Sprintf("CIK%010d.json", cik)
		f, failed := c.bring(ctx, order{url: c.at(dataHost, a.path+name), path: filepath.Join(folder, a.folder, name), check: isJSON})
		if failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		files = append(files, f)
	}
	return files, err
}

// Bulk brings the nightly archives of all companies to a folder.
func (c *Client) Bulk(ctx context.Context, folder string) (files []File, err error) {
	for _, path := range []string{"/Archives/edgar/daily-index/xbrl/companyfacts.zip", "/Archives/edgar/daily-index/bulkdata/submissions.zip"} {
		f, failed := c.bring(ctx, order{url: c.at(fileHost, path), path: filepath.Join(folder, filepath.Base(path)), check: isZip, resume: true})
		if failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		files = append(files, f)
	}
	return files, err
}

// Tickers brings the list of tickers to a folder and returns whose each is.
func (c *Client) Tickers(ctx context.Context, folder string) (map[string]fundamentals.CIK, error) {
	f, err := c.bring(ctx, order{url: c.at(fileHost, "/files/company_tickers_exchange.json"), path: filepath.Join(folder, "company_tickers_exchange.json"), check: isJSON})
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(f.Path)
	if err != nil {
		return nil, err
	}
	var table struct {
		Fields []string
		Data   [][]any
	}
	if err := json.Unmarshal(text, &table); err != nil {
		return nil, fmt.Errorf("%s: %w", f.Path, err)
	}
	ticker, cik := slices.Index(table.Fields, "ticker"), slices.Index(table.Fields, "cik")
	whose := map[string]fundamentals.CIK{}
	for i, row := range table.Data {
		if min(ticker, cik) < 0 || len(row) <= max(ticker, cik) {
			return nil, fmt.Errorf("%s: row %d has no ticker and cik; its fields are %q", f.Path, i+1, table.Fields)
		}
		name, isText := row[ticker].(string)
		number, isNumber := row[cik].(float64)
		if isText && isNumber {
			whose[name] = fundamentals.CIK(number)
		}
	}
	return whose, nil
}
