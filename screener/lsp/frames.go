package lsp

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/creachadair/jrpc2/channel"
)

// frames are messages with the headers of the protocol. The framing of package
// channel wants one spelling of the content type, of which clients have several,
// and takes any length at its word.
type frames struct {
	in  *bufio.Reader
	out io.WriteCloser
}

var _ channel.Channel = (*frames)(nil)

func newFrames(in io.Reader, out io.WriteCloser) *frames {
	return &frames{in: bufio.NewReader(in), out: out}
}

// maxMessage is longer than any message about files that are read at all.
const maxMessage = 64 << 20

// Send implements [channel.Channel].
func (f *frames) Send(message []byte) error {
	_, err := f.out.Write(append(fmt.Appendf(nil, "Content-Length: %d\r\n\r\n", len(message)), message...))
	return err
}

// Recv implements [channel.Channel].
func (f *frames) Recv() ([]byte, error) {
	length := -1
	for {
		line, err := f.in.ReadString('\n')
		if err != nil {
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
	return message, err
}

// Close implements [channel.Channel].
func (f *frames) Close() error { return f.out.Close() }
