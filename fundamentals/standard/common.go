package standard

import (
	"math"

	"assay/rules"
)

// resolverCommon names the resolver of this file in the concept map.
const resolverCommon = "common"

// resolveCommon resolves net income to common shareholders. Its tag is at times
// put to income from continuing operations alone (Sphere, 0001795250-24-000026):
// where it is far off net income less preferred dividends, earnings per share tell
// which of the two was divided.
func (s *statement) resolveCommon(item int) resolved {
	const far = 0.05
	it := &s.m.Items[item]
	r := s.plain(item)
	if !r.stated || r.alt != 0 || r.why != rules.Known || len(it.From) < 2 {
		return r
	}
	other := s.alternative(&it.From[1])
	if !other.stated || other.why != rules.Known || within(r.value, other.value, far) {
		return r
	}
	eps, ok1 := s.resolve(s.m.share.eps)
	shares, ok2 := s.resolve(s.m.share.basic)
	if !ok1 || !ok2 || eps.why != rules.Known || shares.why != rules.Known {
		return r
	}
	divided := eps.value * shares.value
	if within(other.value, divided, 0.02) && math.Abs(other.value-divided) < math.Abs(r.value-divided)/4 {
		other.note = "earnings per share divide this, not what is tagged as income to common shareholders"
		return other
	}
	return r
}
