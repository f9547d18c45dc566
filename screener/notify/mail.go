package notify

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"

	smtp "github.com/wneessen/go-mail"
)

func mailKind() Kind {
	return Kind{
		Name: "mail",
		Doc:  "sends text and HTML by SMTP",
		Keys: []Key{
			{"host", "the server"},
			{"port", "default 587, with tls: tls 465"},
			{"tls", "starttls, or tls from the first byte, or none, on this machine only; default starttls"},
			{"user", "who logs in; nobody where it is absent"},
			{"secret_env", "the variable with the password"},
			{"secret_file", "the file with it"},
			{"from", "an address, such as Assay <assay@example.com>"},
			{"to", "an address or a list of them"},
			{"ca_file", "certificates (PEM) of the authority that signs the server's, where it is an own one"},
		},
		open: openMail,
	}
}

// post is a mail server, and who writes to whom by it.
type post struct {
	host    string
	options []smtp.Option
	direct  *tls.Config // for TLS from the first byte; nil: by STARTTLS or none
	from    *mail.Address
	to      []*mail.Address
}

func openMail(f *fields) sender {
	p := post{host: f.need("host")}
	mode := f.choice("tls", "starttls", "tls", "none")
	port := 587
	if mode == "tls" {
		port = 465
	}
	if mode == "none" && p.host != "" && !isHere(p.host) {
		f.wrong("tls: none is for a server on this machine only")
	}
	trust := f.trust(p.host)
	policy := smtp.TLSMandatory
	switch mode {
	case "tls":
		p.direct, policy = trust, smtp.TLSOpportunistic // it is there when the server greets
	case "none":
		policy = smtp.NoTLS
	}
	p.options = []smtp.Option{smtp.WithTLSPolicy(policy), smtp.WithPort(f.port("port", port)), smtp.WithTLSConfig(trust), smtp.WithTimeout(f.timeout)}
	user, password := f.text("user"), f.secret("secret")
	switch {
	case user != "" && password.given():
		f.hide = append(f.hide, base64.StdEncoding.EncodeToString([]byte("\x00"+user+"\x00"+password.reveal()))) // as it is sent
		p.options = append(p.options, smtp.WithSMTPAuth(smtp.SMTPAuthAutoDiscover), smtp.WithUsername(user), smtp.WithPassword(password.reveal()))
	case user != "" && f.text("secret_env")+f.text("secret_file") == "":
		f.wrong("user wants a password: give secret_env or secret_file")
	case user == "" && password.given():
		f.wrong("the password is of nobody: user is missing")
	}
	for _, a := range f.list("to") {
		if to, err := mail.ParseAddress(a); err != nil {
			f.wrong("to: %q is no address", a)
		} else {
			p.to = append(p.to, to)
		}
	}
	if from := f.need("from"); from != "" {
		var err error
		if p.from, err = mail.ParseAddress(from); err != nil {
			f.wrong("from: %q is no address such as Assay <assay@example.com>", from)
		}
	}
	return p.send
}

func (p post) send(ctx context.Context, d delivery) error {
	letter, err := p.letter(d)
	if err != nil {
		return permanently("%w", err)
	}
	// The library's waits know no context, and it leaves a connection open that fails
	// early: the end of the context closes it.
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	dial := smtp.WithDialContextFunc(func(connecting context.Context, network, address string) (net.Conn, error) {
		raw, err := (&net.Dialer{}).DialContext(connecting, network, address)
		if err != nil {
			return nil, err
		}
		context.AfterFunc(ctx, func() { _ = raw.Close() })
		if p.direct != nil {
			return tls.Client(raw, p.direct), nil
		}
		return raw, nil
	})
	client, err := smtp.NewClient(p.host, append(slices.Clone(p.options), dial)...)
	if err != nil {
		return permanently("%w", err)
	}
	err = client.DialWithContext(ctx)
	if err == nil {
		err = client.Send(letter)
	}
	if letter.IsDelivered() {
		_ = client.Close() // the server has said that it took the letter
		return nil
	}
	return p.judge(err)
}

// letter writes the mail. Its Message-ID and date are those of the message and not
// of the try.
func (p post) letter(d delivery) (*smtp.Msg, error) {
	letter := smtp.NewMsg(smtp.WithNoDefaultUserAgent())
	letter.FromMailAddress(p.from)
	letter.ToMailAddress(p.to...)
	letter.Subject("assay: " + d.message.subject())
	letter.SetDateWithValue(d.message.At)
	_, domain, _ := strings.Cut(p.from.Address, "@")
	letter.SetMessageIDWithValue(d.key + "@" + domain)
	letter.SetGenHeader("X-Assay-Key", d.key)
	letter.SetGenHeader("Auto-Submitted", "auto-generated") // no holiday notes in answer
	html, err := d.message.html()
	if err != nil {
		return nil, err
	}
	letter.SetBodyString(smtp.TypeTextPlain, d.message.text())
	letter.AddAlternativeString(smtp.TypeTextHTML, html)
	return letter, nil
}

// judge says what the server's answer means for the next try: of its codes, those
// from 500 are for good.
func (p post) judge(err error) error {
	code := 0
	if e, ok := errors.AsType[*textproto.Error](err); ok {
		code = e.Code
	}
	if e, ok := errors.AsType[*smtp.SendError](err); ok && code == 0 {
		code = e.ErrorCode()
	}
	return &refusal{permanent: code >= 500 && code < 600, err: fmt.Errorf("%s: %w", p.host, err)}
}
