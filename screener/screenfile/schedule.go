package screenfile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // a check must not depend on the machine's time zones

	"assay/screener"
)

var (
	days    = pattern(`^([1-9][0-9]{0,4})d$`)
	channel = pattern(`^[a-z][a-z0-9]*([-_][a-z0-9]+)*$`)
)

func (r *reader) stale(n *node) {
	keys := r.fields(n, "stale", "statement", "price")
	r.screen.Stale = screener.Stale{Statement: r.days(keys["statement"], "statement"), Price: r.days(keys["price"], "price")}
}

// days reads a number of days, or 0 if there is none.
func (r *reader) days(n *node, key string) int {
	if n == nil {
		return 0
	}
	text := r.word(n, key, "a number of days")
	if text == "" {
		return 0
	}
	if m := days().FindStringSubmatch(text); m != nil {
		if d, err := strconv.Atoi(m[1]); err == nil && d <= 3650 {
			return d
		}
	}
	r.wrong(n, codeCount, fmt.Sprintf("%s cannot be %s", key, quoted(text)), "write days, such as 270d; from 1d to 3650d")
	return 0
}

func (r *reader) schedule(n *node) {
	keys := r.fields(n, "schedule", scheduleKeys...)
	if keys == nil {
		return
	}
	s := &screener.Schedule{}
	r.screen.Schedule = s
	if cron := keys["cron"]; cron == nil {
		r.needed(n, "the schedule does not say when", "write `cron: \"30 18 * * 1-5\"`")
	} else if s.Cron = r.word(cron, "cron", "a text"); s.Cron != "" {
		r.cron(cron, s.Cron)
	}
	r.conduct(keys, s)
	zone := keys["timezone"]
	if zone == nil {
		r.needed(n, "the schedule does not say in which time zone", "write `timezone: America/New_York`")
		return
	}
	s.Timezone = r.word(zone, "timezone", "a name")
	if _, err := time.LoadLocation(s.Timezone); s.Timezone != "" && (err != nil || s.Timezone == "Local") {
		r.wrong(zone, codeSchedule, fmt.Sprintf("no time zone is named %s", quoted(s.Timezone)), "write a name such as America/New_York or UTC")
	}
}

func (r *reader) cron(n *node, text string) {
	const hint = "minute, hour, day, month and weekday, such as \"30 18 * * 1-5\""
	fields := strings.Fields(text)
	if len(fields) != 5 {
		r.wrong(n, codeSchedule, fmt.Sprintf("cron has five fields, not %d", len(fields)), hint)
		return
	}
	readable := true
	for i, f := range fields {
		if !cronParts[i].has(f) {
			r.wrong(n, codeSchedule, fmt.Sprintf("cron cannot have %s as its %s", quoted(f), cronParts[i].name), hint)
			readable = false
		}
	}
	if readable {
		if why := neverFires(fields); why != "" {
			r.wrong(n, codeSchedule, "cron never fires: "+why, hint)
		}
	}
}

// cronPart is what a field of cron may be.
type cronPart struct {
	name   string
	lo, hi int
	words  []string // of lo and the numbers after it
}

var cronParts = []cronPart{
	{"minute", 0, 59, nil}, {"hour", 0, 23, nil}, {"day", 1, 31, nil},
	{"month", 1, 12, []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}},
	{"weekday", 0, 7, []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}},
}

// has reports whether a field can be read: numbers, names, ranges and steps.
func (c cronPart) has(field string) bool {
	for part := range strings.SplitSeq(field, ",") {
		span, step, stepped := strings.Cut(part, "/")
		if n, err := strconv.Atoi(step); stepped && (err != nil || n < 1 || n > c.hi) {
			return false
		}
		if span == "*" || span == "?" {
			continue
		}
		from, to, ranged := strings.Cut(span, "-")
		lo, ok := c.number(from)
		hi, both := lo, true
		if ranged {
			hi, both = c.number(to)
		}
		if !ok || !both || hi < lo {
			return false
		}
	}
	return true
}

func (c cronPart) number(text string) (int, bool) {
	if i := slices.Index(c.words, strings.ToLower(text)); i >= 0 {
		return c.lo + i, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= c.lo && n <= c.hi && text[0] != '+'
}

func (r *reader) deliver(n *node) {
	for _, item := range r.elements(n, "deliver", "write each channel on a line of its own that begins with -") {
		name := r.word(item, "a channel", "a name")
		if name != "" && !channel().MatchString(name) {
			r.wrong(item, codeBadName, fmt.Sprintf("%s cannot be the name of a channel", quoted(name)), "channels are named in the configuration, such as desk-mail; no address or secret stands in a screen")
		}
		r.screen.Deliver = append(r.screen.Deliver, name)
		r.summon("channel", name, item)
	}
}
