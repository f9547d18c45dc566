package fetch

// At makes a client ask a test's server in the place of EDGAR's.
func At(o Options, base string) Options {
	o.base = base
	return o
}
