package standard_test

import "assay/rules"

func standardAt(lag int) rules.At { return rules.At{Lag: lag} }
