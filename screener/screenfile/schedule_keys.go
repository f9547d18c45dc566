package screenfile

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"assay/screener"
)

// scheduleKeys are the keys of a schedule, in the order in which they are told.
var scheduleKeys = []string{"cron", "timezone", "on", "holiday", "catch_up", "timeout", "refresh"}

var duration = pattern(`^([1-9][0-9]{0,4})([smh])$`)

// longest is how long a scheduled run may take at most.
const longest = 24 * time.Hour

// conduct reads what a schedule says besides when: on which days, what becomes of
// slots that were missed, how long a run may take, and what is brought before.
func (r *reader) conduct(keys map[string]*node, s *screener.Schedule) {
	known := true
	if n := keys["on"]; n != nil {
		s.On, known = r.choice(n, "on", "all", "trading-days", "full-days")
	}
	if n := keys["holiday"]; n != nil {
		s.Holiday, _ = r.choice(n, "holiday", "skip", "shift")
		if s.Holiday != "" && known && (s.On == "" || s.On == "all") {
			r.wrong(n, codeSchedule, "holiday needs a calendar", "say on which days it runs: `on: trading-days`, or full-days to leave half days out too")
		}
	}
	if n := keys["catch_up"]; n != nil {
		s.CatchUp, _ = r.choice(n, "catch_up", "all", "last", "none")
	}
	if n := keys["timeout"]; n != nil {
		s.Timeout = r.timeout(n)
	}
	for _, item := range r.elements(keys["refresh"], "refresh", "write each name on a line of its own that begins with -") {
		name := r.word(item, "a refresh", "a name")
		if name != "" && !channel().MatchString(name) {
			r.wrong(item, codeBadName, fmt.Sprintf("%s cannot be the name of a refresh", quoted(name)), "what is brought before a run is named in the configuration, such as edgar; no path stands in a screen")
		}
		s.Refresh = append(s.Refresh, name)
		r.summon("refresh", name, item)
	}
}

func (r *reader) timeout(n *node) time.Duration {
	text := r.word(n, "timeout", "a time")
	if text == "" {
		return 0
	}
	if m := duration().FindStringSubmatch(text); m != nil {
		count, err := strconv.Atoi(m[1])
		unit := map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour}[m[2]]
		if d := time.Duration(count) * unit; err == nil && d <= longest {
			return d
		}
	}
	r.wrong(n, codeSchedule, fmt.Sprintf("timeout cannot be %s", quoted(text)), "write seconds, minutes or hours, such as 90s, 5m or 1h; at most 24h")
	return 0
}

// neverFires says why a cron whose fields can be read never fires: no month that it
// names has a day that it names. A weekday beside them is an alternative.
func neverFires(fields []string) string {
	if fields[4] != "*" && fields[4] != "?" || fields[2] == "*" || fields[2] == "?" {
		return ""
	}
	longestMonth := 0
	for month, days := range []int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31} {
		if cronParts[3].holds(fields[3], month+1) {
			longestMonth = max(longestMonth, days)
		}
	}
	for day := 1; day <= longestMonth; day++ {
		if cronParts[2].holds(fields[2], day) {
			return ""
		}
	}
	return fmt.Sprintf("no month %s has a day %s", fields[3], fields[2])
}

// holds reports whether a field that can be read names a number.
func (c cronPart) holds(field string, want int) bool {
	for part := range strings.SplitSeq(field, ",") {
		span, step, stepped := strings.Cut(part, "/")
		lo, hi := c.lo, c.hi
		if span != "*" && span != "?" {
			from, to, ranged := strings.Cut(span, "-")
			lo, _ = c.number(from)
			if ranged {
				hi, _ = c.number(to)
			} else if !stepped {
				hi = lo
			}
		}
		by := 1
		if stepped {
			by, _ = strconv.Atoi(step) // it was read before
		}
		if want >= lo && want <= hi && (want-lo)%by == 0 {
			return true
		}
	}
	return false
}
