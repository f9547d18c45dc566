package sample

import "hash/fnv"

// dice is a source of numbers that look random and are always the same
// (SplitMix64): the sample must not change with the Go release.
type dice uint64

func newDice(name string) *dice {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // a hash never refuses
	d := dice(h.Sum64())
	return &d
}

// next returns a number from -1 up to 1.
func (d *dice) next() float64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return float64((z^z>>31)>>11)/(1<<52) - 1
}

// bell returns a number around 0 with a standard deviation of about 1.
func (d *dice) bell() float64 { return d.next() + d.next() + d.next() }
