package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"assay/fundamentals/source/fetch"
)

// mainNearby is the program with a server of the tests in EDGAR's place, who is not
// waited for.
func mainNearby() {
	run(fetch.Options{Base: os.Getenv("SERVER"), Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }})
}

// scriptServer is EDGAR and a webhook for a script. What is asked for lies in the
// folder served of the script, and what was asked is told in asked.txt. Each line
// of answers.txt stands for an answer in turn: a status, cut to end the connection in
// the middle, or ok.
type scriptServer struct {
	folder string
	mu     sync.Mutex
}

func newScriptServer(folder string) *httptest.Server {
	return httptest.NewServer(&scriptServer{folder: folder})
}

func (s *scriptServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := s.note(r)
	if r.Method == http.MethodGet && !strings.Contains(r.Header.Get("User-Agent"), "@") {
		answer = "403"
	}
	if status, err := strconv.Atoi(answer); err == nil {
		w.WriteHeader(status)
		return
	}
	if r.Method == http.MethodPost {
		return
	}
	whole, err := os.ReadFile(filepath.Join(s.folder, "served", filepath.FromSlash(r.URL.Path)))
	if err != nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	w.Header().Set("ETag", fmt.Sprintf(`"%x"`, sha256.Sum256(whole)))
	if answer == "cut" {
		w.Header().Set("Content-Length", strconv.Itoa(len(whole)))
		_, _ = w.Write(whole[:len(whole)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(whole))
}

// note writes down what was asked, and returns the answer that is to be given.
func (s *scriptServer) note(r *http.Request) (answer string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	answers := filepath.Join(s.folder, "answers.txt")
	if text, err := os.ReadFile(answers); err == nil && len(text) > 0 {
		var rest string
		answer, rest, _ = strings.Cut(string(text), "\n")
		_ = os.WriteFile(answers, []byte(rest), 0o600)
	}
	line := strings.TrimSpace(r.Method + " " + r.URL.Path + " " + r.Header.Get("Range") + " " + r.Header.Get("Idempotency-Key"))
	if r.Method == http.MethodPost {
		body, _ := io.ReadAll(r.Body)
		line += "\n" + string(body)
	}
	f, err := os.OpenFile(filepath.Join(s.folder, "asked.txt"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err == nil {
		_, _ = fmt.Fprintln(f, line)
		_ = f.Close()
	}
	return answer
}
