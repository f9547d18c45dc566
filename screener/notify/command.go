package notify

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

func commandKind() Kind {
	return Kind{
		Name: "command",
		Doc:  "starts a program, without a shell, with the message as JSON on its standard input; status 0 is success",
		Keys: []Key{
			{"argv", "the program, by its whole path, and its arguments"},
			{"secret_env", "the variable with a secret; the program finds it in ASSAY_SECRET"},
			{"secret_file", "the file with it"},
		},
		open: openCommand,
	}
}

// program is what to start, and with which environment.
type program struct {
	argv        []string
	environment []string
}

func openCommand(f *fields) sender {
	p := program{argv: f.list("argv")}
	if len(p.argv) > 0 {
		stat, err := os.Stat(p.argv[0])
		switch {
		case !filepath.IsAbs(p.argv[0]):
			f.wrong("argv: %q is not the whole path of a program", p.argv[0])
		case err != nil || !stat.Mode().IsRegular():
			f.wrong("argv: there is no program %s", p.argv[0])
		}
	}
	// The program gets what programs need to start, not the secrets of other channels.
	for _, name := range []string{"PATH", "HOME", "LANG", "TZ", "TMPDIR", "SYSTEMROOT"} {
		if value, ok := f.look(name); ok {
			p.environment = append(p.environment, name+"="+value)
		}
	}
	if s := f.secret("secret"); s.given() {
		p.environment = append(p.environment, "ASSAY_SECRET="+s.reveal())
	}
	return p.send
}

// grace is how long a program that was ended may hold its output open.
const grace = 2 * time.Second

func (p program) send(ctx context.Context, d delivery) error {
	text, err := document(d)
	if err != nil {
		return permanently("%w", err)
	}
	said := &head{}
	c := exec.CommandContext(ctx, p.argv[0], p.argv[1:]...)
	c.Env = append(append([]string(nil), p.environment...), "ASSAY_KEY="+d.key)
	c.Stdin, c.Stderr, c.WaitDelay = bytes.NewReader(text), said, grace
	if err := c.Run(); err != nil {
		if said.Len() > 0 {
			return fmt.Errorf("%s: %w: %s", filepath.Base(p.argv[0]), err, said)
		}
		return fmt.Errorf("%s: %w", filepath.Base(p.argv[0]), err)
	}
	return nil
}

// head keeps the first bytes of what is written to it.
type head struct{ bytes.Buffer }

func (h *head) Write(p []byte) (int, error) {
	h.Buffer.Write(p[:min(len(p), longestError-min(h.Len(), longestError))])
	return len(p), nil
}
