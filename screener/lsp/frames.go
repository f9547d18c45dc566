package lsp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/creachadair/jrpc2"
	"github.com/creachadair/jrpc2/channel"
)

// frames are messages with the headers of the protocol. The framing of package
// channel wants one spelling of the content type, of which clients have several,
// and takes any length at its word. And a script may send a whole session at
// once: a request is read when those before it are answered, but for the slow
// ones, and the end of the input is told when all are.
type frames struct {
	in   *bufio.Reader
	out  io.WriteCloser
	slow []string // methods that others do not wait for

	mu     sync.Mutex
	change sync.Cond       // of open or gone
	open   map[string]bool // requests without an answer, by id: whether they are slow
	gone   bool            // nobody reads what is sent
}

var _ channel.Channel = (*frames)(nil)

func newFrames(in io.Reader, out io.WriteCloser, slow ...string) *frames {
	f := &frames{in: bufio.NewReader(in), out: out, slow: slow, open: map[string]bool{}}
	f.change.L = &f.mu
	return f
}

// kind is what tells requests from answers.
type kind struct {
	ID     any    `json:"id"`
	Method string `json:"method"`
}

// note keeps account of requests and answers.
func (f *frames) note(message []byte, received bool) {
	var k kind
	if json.Unmarshal(message, &k) != nil || (k.Method != "") != received {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	switch id := fmt.Sprintf("%T %v", k.ID, k.ID); {
	case received && k.ID != nil:
		f.open[id] = slices.Contains(f.slow, k.Method)
	case !received && k.ID == nil: // of a request that could not be read: any of them
		clear(f.open)
	default:
		delete(f.open, id)
	}
	f.change.Broadcast()
}

func (f *frames) leave() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.gone = true
	f.change.Broadcast()
}

// settle waits until requests are answered, the slow ones too if asked.
func (f *frames) settle(all bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	waits := func() bool {
		for _, slow := range f.open {
			if all || !slow {
				return true
			}
		}
		return false
	}
	for waits() && !f.gone {
		f.change.Wait()
	}
}

// maxMessage is longer than any message about files that are read at all.
const maxMessage = 64 << 20

// cancelled is how jrpc2 says that a request was cancelled before it was begun;
// editors know another code. Within a text the quotes would be escaped.
var cancelled, cancelledHere = []byte(fmt.Sprintf(`"error":{"code":%d,`, jrpc2.Cancelled)), []byte(fmt.Sprintf(`"error":{"code":%d,`, codeCancelled))

// Send implements [channel.Channel].
func (f *frames) Send(message []byte) error {
	message = bytes.Replace(message, cancelled, cancelledHere, 1)
	_, err := f.out.Write(append(fmt.Appendf(nil, "Content-Length: %d\r\n\r\n", len(message)), message...))
	if err != nil {
		f.leave()
	}
	f.note(message, false)
	return err
}

// Recv implements [channel.Channel].
func (f *frames) Recv() ([]byte, error) {
	f.settle(false)
	length := -1
	for {
		line, err := f.in.ReadString('\n')
		if err != nil {
			f.settle(true)
			return nil, err
		}
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			break
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, errors.New("a header without a colon: is the client one of the language server protocol?")
		}
		if !strings.EqualFold(name, "Content-Length") {
			continue
		}
		if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil || length < 0 || length > maxMessage {
			return nil, fmt.Errorf("a message cannot have the length %q", value)
		}
	}
	if length < 0 {
		return nil, errors.New("a message without Content-Length")
	}
	message := make([]byte, length)
	_, err := io.ReadFull(f.in, message)
	f.note(message, true)
	return message, err
}

// Close implements [channel.Channel].
func (f *frames) Close() error {
	f.leave()
	return f.out.Close()
}
