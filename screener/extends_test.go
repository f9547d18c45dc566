package screener_test

import (
	"testing"

	"assay/screener"
)

// TestIdentity holds that the name of a run moves with the text of a screen that
// the screen extends, though its own stays.
func TestIdentity(t *testing.T) {
	runs := map[string]string{}
	for name, extends := range map[string][]screener.Extended{
		"none":         nil,
		"one":          {{File: "base.yaml", Text: "a: 1\n"}},
		"one, edited":  {{File: "base.yaml", Text: "a: 2\n"}},
		"one, moved":   {{File: "other.yaml", Text: "a: 1\n"}},
		"two":          {{File: "base.yaml", Text: "a: 1\n"}, {File: "ground.yaml", Text: "b: 1\n"}},
		"two, swapped": {{File: "ground.yaml", Text: "b: 1\n"}, {File: "base.yaml", Text: "a: 1\n"}},
	} {
		screen := sampleScreen(t)
		screen.Extends = extends
		result, err := screener.Run(t.Context(), &table{version: "d"}, screen, screener.Options{})
		if err != nil {
			t.Fatal(err)
		}
		runs[result.Run] = name
	}
	if len(runs) != 5 { // where the text lies does not matter
		t.Errorf("%d runs: %v", len(runs), runs)
	}
}
