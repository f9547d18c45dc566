package screenfile_test

import (
	"testing"

	"assay/rules/funcs"
	"assay/screener/screenfile"
)

// TestConfiguration shows what is said of names that the configuration lacks.
func TestConfiguration(t *testing.T) {
	const text = `screen: daily
pass:
  small: market_cap <= 2B
schedule:
  cron: "0 7 * * *"
  timezone: UTC
  refresh: [edgr, prices]
deliver:
  - desk
  - "mail"
  - later  # assay:ignore L014
`
	c := screenfile.Language{Env: catalogue(), Funcs: funcs.All()}.Check("daily.yaml", []byte(text))
	if len(c.Problems)+len(c.Warnings) > 0 {
		t.Fatal(c.Problems, c.Warnings)
	}
	has := screenfile.Configured{Channels: []string{"desk", "house-mail"}, Refreshes: []string{"edgar", "prices"}}
	const want = `daily.yaml:7:13: the configuration has no refresh "edgr" [L014]
  refresh: [edgr, prices]
            ^~~~
  did you mean edgar?

daily.yaml:10:5: the configuration has no channel "mail" [L014]
  - "mail"
    ^~~~~~
  it has desk and house-mail; nothing is told there (assay help channels)`
	if got := c.Configuration(has).Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	has = screenfile.Configured{Channels: []string{"desk", "mail"}}
	const none = `daily.yaml:7:13: the configuration has no refresh "edgr" [L014]
  refresh: [edgr, prices]
            ^~~~
  it has none, and the screen is run on the data that there are (assay help serve)

daily.yaml:7:19: the configuration has no refresh "prices" [L014]
  refresh: [edgr, prices]
                  ^~~~~~
  it has none, and the screen is run on the data that there are (assay help serve)`
	if got := c.Configuration(has).Error(); got != none {
		t.Errorf("got\n%s\nwant\n%s", got, none)
	}
	if got := c.Configuration(screenfile.Configured{}); got != nil {
		t.Errorf("where nothing is configured: %s", got.Error())
	}
}
