package notify_test

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// hook is a web server that answers as it is told, in turn, and then with 200.
type hook struct {
	*httptest.Server
	mu      sync.Mutex
	got     []*http.Request
	bodies  []string
	answers []func(http.ResponseWriter)
}

func newHook(t *testing.T, answers ...func(http.ResponseWriter)) *hook {
	t.Helper()
	h := &hook{answers: answers}
	h.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body strings.Builder
		_, _ = bufio.NewReader(r.Body).WriteTo(&body)
		h.mu.Lock()
		h.got, h.bodies = append(h.got, r), append(h.bodies, body.String())
		answer := func(http.ResponseWriter) {}
		if len(h.answers) > 0 {
			answer, h.answers = h.answers[0], h.answers[1:]
		}
		h.mu.Unlock()
		answer(w)
	}))
	h.Config.ErrorLog = log.New(io.Discard, "", 0)
	t.Cleanup(h.Close)
	return h
}

// authority writes the certificate that the test servers are signed with.
func authority(t *testing.T, s *httptest.Server) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func status(code int, header ...string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		_, _ = fmt.Fprintf(w, "said %d", code)
	}
}

// cut ends the connection without an answer.
func cut(http.ResponseWriter) { panic(http.ErrAbortHandler) }

// postOffice is an SMTP server. A fault is the command at which it fails, and how.
type postOffice struct {
	host    string
	port    int
	implied bool // TLS from the first byte
	tls     *tls.Config
	noTLS   bool // it does not offer STARTTLS
	badTLS  bool // it offers STARTTLS and talks nonsense then

	mu      sync.Mutex
	faults  map[string][]string // command -> answers in turn; "cut" ends the connection, "hang" waits for the client to leave
	letters []string
	logins  []string
	inClear []string // commands that came without TLS
}

func newPostOffice(t *testing.T, certificate *tls.Config, set func(*postOffice)) *postOffice {
	t.Helper()
	p := &postOffice{tls: certificate, faults: map[string][]string{}}
	if set != nil {
		set(p)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := l.Addr().(*net.TCPAddr)
	p.host, p.port = "127.0.0.1", at.Port
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(c)
		}
	}()
	t.Cleanup(func() { _ = l.Close() })
	return p
}

func (p *postOffice) fault(command string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.faults[command]
	if len(list) == 0 {
		return ""
	}
	p.faults[command] = list[1:]
	return list[0]
}

func (p *postOffice) serve(c net.Conn) {
	defer func() { _ = c.Close() }()
	secure := p.implied
	if p.implied {
		c = tls.Server(c, p.tls)
	}
	r := bufio.NewReader(c)
	say := func(text string) { _, _ = fmt.Fprintf(c, "%s\r\n", text) }
	say("220 post office")
	for {
		text, err := r.ReadString('\n')
		if err != nil {
			return
		}
		command, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
		command = strings.ToUpper(command)
		if !secure {
			p.mu.Lock()
			p.inClear = append(p.inClear, command)
			p.mu.Unlock()
		}
		switch f := p.fault(command); {
		case f == "cut":
			return
		case f == "hang":
			_, _ = r.ReadString('\n')
			return
		case f != "":
			say(f)
			continue
		}
		switch command {
		case "EHLO":
			say("250-post office")
			if !secure && !p.noTLS {
				say("250-STARTTLS")
			}
			say("250 AUTH PLAIN")
		case "STARTTLS":
			say("220 go on")
			if p.badTLS {
				say("this is no handshake")
				return
			}
			c, secure = tls.Server(c, p.tls), true
			r = bufio.NewReader(c)
		case "AUTH":
			_, blob, _ := strings.Cut(rest, " ")
			login, _ := base64.StdEncoding.DecodeString(blob)
			p.mu.Lock()
			p.logins = append(p.logins, string(login))
			p.mu.Unlock()
			say("235 welcome")
		case "DATA":
			say("354 go on")
			if !p.take(r, say) {
				return
			}
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 well")
		}
	}
}

// take reads a letter and answers; false: it ends the connection, having taken it.
func (p *postOffice) take(r *bufio.Reader, say func(string)) bool {
	var letter strings.Builder
	for {
		text, err := r.ReadString('\n')
		if err != nil {
			return false
		}
		if text == ".\r\n" {
			break
		}
		letter.WriteString(text)
	}
	p.mu.Lock()
	p.letters = append(p.letters, letter.String())
	p.mu.Unlock()
	switch f := p.fault("END"); f {
	case "":
		say("250 taken")
	case "cut":
		return false
	default:
		say(f)
	}
	return true
}
