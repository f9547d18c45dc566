package standard

import (
	"fmt"
	"math"
	"slices"

	"assay/rules"
)

// resolverClaims names the resolver of this file in the concept map.
const resolverClaims = "claims"

// claimRoles are the items that share out what total liabilities leave of the
// balance sheet total, and the tags that are weighed for them.
type claimRoles struct {
	equity, minority, temporary                               int // items
	total, liabilities, current, parent, including, interests int // tags
}

func (m *Map) bindClaims() (claimRoles, error) {
	i, err := m.roles("equity", "non_controlling_interests", "temporary_equity")
	if err != nil {
		return claimRoles{}, err
	}
	return claimRoles{
		i[0], i[1], i[2],
		m.tag("LiabilitiesAndStockholdersEquity"), m.tag("Liabilities"), m.tag("LiabilitiesCurrent"), m.tag("StockholdersEquity"),
		m.tag("StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"), m.tag("MinorityInterest"),
	}, nil
}

// resolveClaims resolves equity, non-controlling interests and temporary equity
// together: filers state one line under two tags, or the total under the tag of
// a part. Where the balance sheet total and total liabilities are stated, that
// reading of the tags counts with which the balance sheet balances.
func (s *statement) resolveClaims() {
	roles := &s.m.claim
	c := claims{s: s, equity: s.plain(roles.equity), minority: s.plain(roles.minority), temporary: s.plain(roles.temporary)}
	c.reconcile()
	for i, item := range [...]int{roles.equity, roles.minority, roles.temporary} {
		s.results[item], s.done[item] = [...]resolved{c.equity, c.minority, c.temporary}[i], true
	}
}

// claims are what owners hold of one balance sheet.
type claims struct {
	s                           *statement
	equity, minority, temporary resolved
	rest                        float64 // the balance sheet total less total liabilities
}

// balances reports whether claims of these amounts make up the rest.
func (c *claims) balances(equity, minority, temporary float64) bool {
	sum := equity + minority + temporary
	return math.Abs(sum-c.rest) <= tolerance(c.rest, equity, minority, temporary)
}

func (c *claims) value(tag int) (x float64, ok bool) {
	if f := c.s.facts[tag]; f != nil {
		return f.Value, true
	}
	return 0, false
}

func (c *claims) reconcile() {
	roles := &c.s.m.claim
	total, ok1 := c.value(roles.total)
	liabilities, ok2 := c.value(roles.liabilities)
	bad := func(r resolved) bool { return r.stated && r.why != rules.Known }
	if !ok1 || !ok2 || !c.equity.stated || bad(c.equity) || bad(c.minority) || bad(c.temporary) {
		c.absurd()
		return
	}
	c.rest = total - liabilities
	equity, minority, temporary := c.equity.value, c.minority.value, c.temporary.value
	including, stated := c.value(roles.including)
	switch {
	case c.balances(equity, minority, temporary), c.otherTemporary():
	case temporary != 0 && temporary == minority && c.balances(equity, minority, 0) && !(stated && near(including, equity+minority)):
		c.minority = inside("temporary equity") // Acadia Healthcare
	case temporary != 0 && c.balances(equity, minority, 0):
		c.temporary = inside("equity: the balance sheet balances without it") // Whitestone, Protagonist
	case equity < 0 && c.balances(-equity, minority, temporary):
		c.equity.value = -equity // Cal-Maine, 0000016160-15-000008
		c.equity.note = "stated with a minus: a slip of the sign, the balance sheet says"
		c.equity.terms = negated(c.equity.terms)
	case stated && c.balances(including, 0, temporary):
		c.byTotal(including)
	case minority != 0 && c.balances(equity, 0, temporary):
		c.totalAsPart()
	default:
		c.untagged()
		c.absurd()
	}
}

// otherTemporary takes another alternative of temporary equity with which the
// balance sheet balances (Kinetik states common and preferred, and a part of one).
func (c *claims) otherTemporary() bool {
	it := &c.s.m.Items[c.s.m.claim.temporary]
	for i := range it.From {
		a := c.s.alternative(&it.From[i])
		if a.stated && a.why == rules.Known && c.balances(c.equity.value, c.minority.value, a.value) {
			a.alt = uint8(i)
			c.temporary = a
			return true
		}
	}
	return false
}

// byTotal shares out total equity as stated, where the parts do not make it up:
// Artisan Partners tags a part of its non-controlling interests, and as the parent's
// equity, nothing (Liberty Energy's before it went public).
func (c *claims) byTotal(including float64) {
	roles := &c.s.m.claim
	whole := resolved{value: including, stated: true, terms: []Used{{Sign: 1, Fact: c.s.facts[roles.including]}}}
	if c.equity.value == 0 || c.equity.value == including {
		alt := c.equity.alt
		c.equity = plus(whole, -1, c.minority)
		c.equity.alt = alt
		return
	}
	c.minority = plus(whole, -1, c.equity)
	c.minority.alt = 1
	c.minority.note = "total equity less the parent's: the balance sheet balances with it"
}

// totalAsPart corrects equity that is total equity, under the tag of the parent's
// (RadNet to 2014), or drops an interest that was made by difference with a tag
// that means something else (QuidelOrtho, Ingevity: other comprehensive income).
func (c *claims) totalAsPart() {
	if _, ok := c.value(c.s.m.claim.interests); !ok {
		c.minority = resolved{}
		return
	}
	alt := c.equity.alt
	c.equity = plus(c.equity, -1, c.minority)
	c.equity.alt = alt
	c.equity.note = "without non-controlling interests: the balance sheet balances only so"
}

// untagged reads as temporary equity what liabilities and equity as stated leave
// of the total: convertible or redeemable shares under a tag of the filer's own
// (Comstock 2019, PLUG, Franklin BSP). It is weak.
func (c *claims) untagged() {
	roles := &c.s.m.claim
	left := c.rest - c.equity.value - c.minority.value
	current, classified := c.value(roles.current)
	liabilities := c.s.facts[roles.liabilities]
	if assets := c.s.facts[c.s.m.debt.assets]; assets == nil || assets.Value != c.s.facts[roles.total].Value ||
		math.Abs(c.temporary.value) >= 1 || liabilities.Value <= 0 || left < 0 && !c.complete() ||
		classified && (liabilities.Value < current || left == current) {
		return
	}
	r := resolved{value: c.s.facts[roles.total].Value, terms: []Used{{Sign: 1, Fact: c.s.facts[roles.total]}}}
	r = plus(r, -1, resolved{value: liabilities.Value, terms: []Used{{Sign: 1, Fact: liabilities}}})
	r = plus(plus(r, -1, c.equity), -1, c.minority)
	r.stated, r.weak, r.alt = true, true, altUntagged
	if math.Abs(left) < slight*r.terms[0].Fact.Value {
		r.alt = altSlight
	}
	r.note = fmt.Sprintf("under no tag that is known: liabilities and equity leave %.0f of the total", left)
	c.temporary = r
}

// complete reports whether total equity is stated with both its parts. Only then a
// deficit stands beside it (Astrana's physicians owe their practice).
func (c *claims) complete() bool {
	including, ok := c.value(c.s.m.claim.including)
	return ok && including == c.equity.value+c.minority.value && c.equity.value != including
}

// Temporary equity that is what the other claims leave is marked, and apart from it
// what is less than a share of the total: that may be a slip in what was tagged.
const (
	altUntagged = 99
	altSlight   = 98
	slight      = 0.02
)

// absurd drops an interest by difference that takes more than half of equity away:
// the tags are of different things.
func (c *claims) absurd() {
	if _, ok := c.value(c.s.m.claim.interests); !ok && c.minority.value < -math.Abs(c.equity.value)/2 {
		c.minority = resolved{}
	}
}

func negated(terms []Used) []Used {
	out := make([]Used, len(terms))
	for i, u := range terms {
		out[i] = Used{Sign: -u.Sign, Fact: u.Fact}
	}
	return out
}

// lonely drops a slight rest that [claims.untagged] read in filings before which, and
// in which, the company spoke of temporary equity nowhere else: then the liabilities as
// tagged are more likely a slip (Radian, 0000890926-14-000022; Neogen,
// 0001193125-21-370461). A larger one counts at once (Comstock, 0001564590-19-042984).
// What later filings say of it was not known.
func (b *builder) lonely() {
	item := b.m.claim.temporary
	const never = math.MaxInt32
	first, second, sure := int32(never), int32(never), int32(never) // filings, in the order in which they became known
	for _, p := range b.c.Items[item] {
		for _, v := range p.Versions {
			if v.Value == 0 {
				continue
			}
			if v.Filing < first {
				first, second = v.Filing, first
			} else if v.Filing > first {
				second = min(second, v.Filing)
			}
			if v.Alt != altSlight {
				sure = min(sure, v.Filing)
			}
		}
	}
	from := min(second, sure)
	for i := range b.c.Items[item] {
		p := &b.c.Items[item][i]
		p.Versions = slices.DeleteFunc(p.Versions, func(v Version) bool { return v.Alt == altSlight && v.Filing < from })
	}
	b.c.Items[item] = slices.DeleteFunc(b.c.Items[item], func(p Period) bool { return len(p.Versions) == 0 })
}
