package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"assay/fundamentals"
	"assay/fundamentals/market"
)

// fastDaemon is the program on a clock of which a day takes 30 ms of ours.
func fastDaemon() {
	const fast = float64(24*time.Hour) / float64(30*time.Millisecond)
	micros, err := strconv.ParseInt(os.Getenv("ASSAY_TEST_START"), 10, 64)
	if err != nil {
		panic(err)
	}
	began, base := time.UnixMicro(micros), time.Date(2026, 2, 28, 12, 0, 0, 0, time.UTC)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	a := &app{out: &output{stdout: os.Stdout, stderr: os.Stderr}, program: "assay"}
	a.now = func() time.Time { return base.Add(time.Duration(float64(time.Since(began)) * fast)) }
	a.wait = func(ctx context.Context, d time.Duration) { waitFor(ctx, time.Duration(float64(d)/fast)) }
	status := execute(ctx, a, os.Args[1:])
	stop()
	os.Exit(status)
}

// letterbox counts what came under which key. Each third time or so it fails, before
// it has taken what came or after.
type letterbox struct {
	mu     sync.Mutex
	random *rand.Rand
	came   map[string]int // by key
	failed int
}

// fault is how the next try fails: 0 not at all, 1 before it is taken, 2 and 3 after.
func (b *letterbox) fault() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n := b.random.IntN(9); n < 4 && n > 0 {
		b.failed++
		return n
	}
	return 0
}

func (b *letterbox) take(key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.came[key]++
}

// ServeHTTP makes it a webhook.
func (b *letterbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fault := b.fault()
	if fault == 1 {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	_, _ = io.Copy(io.Discard, r.Body)
	b.take(r.Header.Get("Idempotency-Key"))
	switch fault {
	case 2:
		panic(http.ErrAbortHandler)
	case 3:
		w.WriteHeader(http.StatusInternalServerError)
	}
}

// post makes it a mail server.
func (b *letterbox) post(c net.Conn) {
	defer func() { _ = c.Close() }()
	fault := b.fault()
	say := func(text string) { _, _ = fmt.Fprint(c, text, "\r\n") }
	say("220 letterbox")
	key, inLetter := "", false
	lines := bufio.NewScanner(c)
	for lines.Scan() {
		line := lines.Text()
		switch id, ok := strings.CutPrefix(line, "X-Assay-Key: "); {
		case ok:
			key = id
		case inLetter && line == ".":
			b.take(key)
			inLetter = false
			if fault == 2 {
				return
			}
			say(map[bool]string{true: "451 later", false: "250 taken"}[fault == 3])
		case inLetter:
		case line == "DATA":
			inLetter = true
			say("354 go on")
		case line == "QUIT":
			say("221 bye")
			return
		case fault == 1 && strings.HasPrefix(line, "RCPT"):
			say("450 busy")
		default:
			say("250 well")
		}
	}
}

func newLetterbox(seed uint64) *letterbox {
	return &letterbox{random: rand.New(rand.NewPCG(seed, 7)), came: map[string]int{}}
}

// letterboxes are a webhook and a mail server that fail on purpose, as channels of the
// daemon.
func (s *served) letterboxes() (hook, mail *letterbox) {
	s.t.Helper()
	hook, mail = newLetterbox(1), newLetterbox(2)
	web := httptest.NewUnstartedServer(hook)
	web.Config.ErrorLog = log.New(io.Discard, "", 0)
	web.Start()
	s.t.Cleanup(web.Close)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go mail.post(c)
		}
	}()
	s.write("config.yaml", fmt.Sprintf(`db: %s
screens: %s
channels:
  hook: { kind: webhook, url: %q, always: true }
  mail: { kind: mail, host: 127.0.0.1, port: %d, tls: none, from: a@example.com, to: b@example.com, always: true }
serve: { log_format: json, poll: 1h, keep: all }
`, s.db, filepath.Join(s.dir, "screens"), web.URL, l.Addr().(*net.TCPAddr).Port))
	s.write("screens/daily.yaml", strings.Replace(dailyScreen, "- desk", "- hook\n  - mail", 1))
	return hook, mail
}

// outbox lists the messages of the outbox.
func (s *served) outbox() (list []outboxLine) {
	s.t.Helper()
	if err := json.Unmarshal([]byte(s.do("notify", "outbox", "--all", "--json")), &list); err != nil {
		s.t.Fatal(err)
	}
	return list
}

// Killed at random moments over two hundred slots and a change of the clocks, the
// daemon keeps one run for each trading day, and a webhook and a mail server that fail
// hear of each at least once, always by the same key. A copy of the database made
// meanwhile opens and answers.
func TestKilledServe(t *testing.T) {
	s := newServed(t, time.Time{})
	hook, mail := s.letterboxes()
	const slots = 200
	start := strconv.FormatInt(time.Now().UnixMicro(), 10)
	random := rand.New(rand.NewPCG(3, 4))
	kills := 0
	for n := 0; len(s.scheduledRuns()) < slots+1 || s.waiting(); n++ { // the demo's is one
		c := exec.Command("assay-fast", "serve", "--config", s.config)
		c.Env = append(os.Environ(), "ASSAY_TEST_START="+start)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		<-time.After(time.Duration(300+random.IntN(700)) * time.Millisecond)
		if n%5 == 2 {
			copied := filepath.Join(s.dir, fmt.Sprint("copy", n))
			s.do("backup", copied)
			if status, _, told := call(t.Context(), "runs", "--db", copied); status != exitOK {
				t.Error(told)
			}
		}
		if err := c.Process.Kill(); err != nil {
			t.Fatalf("it had ended by itself: %v", err)
		}
		_ = c.Wait() // it was killed, and says so
		kills++
	}
	s.eachDayOnce(kills)
	s.eachTold(hook, mail)
	s.whole()
}

// waiting reports whether a message of the first slots is not yet sent; those of the
// last may be.
func (s *served) waiting() bool {
	for _, e := range s.outbox()[:min(400, len(s.outbox()))] {
		if e.State == "pending" {
			return true
		}
	}
	return false
}

func (s *served) eachDayOnce(kills int) {
	s.t.Helper()
	seen, first, last := map[string]int{}, "", ""
	for _, r := range s.scheduledRuns() {
		if r.Origin == "schedule" {
			seen[r.AsOf]++
			first, last = cmp.Or(first, r.AsOf), r.AsOf
		}
	}
	s.t.Logf("%d runs, %d kills, up to %s", len(seen), kills, last)
	begin, err := time.Parse(time.DateOnly, first) // the daemon may take some of its days to start
	if err != nil || begin.After(time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)) {
		s.t.Errorf("the first run is as of %q, %v", first, err)
	}
	for day := begin; day.Format(time.DateOnly) <= last; day = day.AddDate(0, 0, 1) {
		want := 0
		if market.TradingDay(fundamentals.DateOf(day)) {
			want = 1
		}
		if got := seen[day.Format(time.DateOnly)]; got != want {
			s.t.Errorf("%s has %d runs, want %d", day.Format(time.DateOnly), got, want)
		}
	}
}

// eachTold holds the outbox to the history, and the letterboxes to the outbox.
func (s *served) eachTold(hook, mail *letterbox) {
	s.t.Helper()
	put := map[string]int{}
	for _, e := range s.outbox() {
		put[e.Run+" "+e.Channel]++
		box := map[string]*letterbox{"hook": hook, "mail": mail}[e.Channel]
		switch n := box.came[e.Key]; {
		case e.State == "dead":
			s.t.Errorf("%s was given up: %s", e.Run, e.Error)
		case e.State == "sent" && n == 0:
			s.t.Errorf("%s was sent by %s, and never came", e.Run, e.Channel)
		case n > 1:
			put["repeats"] += n - 1
		}
		delete(box.came, e.Key)
	}
	for _, r := range s.scheduledRuns() {
		if r.Origin == "schedule" && (put[r.Run+" hook"] != 1 || put[r.Run+" mail"] != 1) {
			s.t.Errorf("run %s has %d and %d messages", r.Run, put[r.Run+" hook"], put[r.Run+" mail"])
		}
	}
	if len(hook.came)+len(mail.came) > 0 || hook.failed+mail.failed == 0 {
		s.t.Errorf("under other keys came %v %v; failures %d %d", hook.came, mail.came, hook.failed, mail.failed)
	}
	s.t.Logf("%d failures of the webhook and %d of the mail server, %d repeats", hook.failed, mail.failed, put["repeats"])
}
