package standard_test

import (
	"reflect"
	"testing"

	"assay/fundamentals/standard"
)

// TestHeadsAreThoseOfTheMap holds that the short look at the map sees what reading
// it all does.
func TestHeadsAreThoseOfTheMap(t *testing.T) {
	var want []standard.Item
	for _, it := range standard.Concepts().Items {
		want = append(want, standard.Item{Name: it.Name, Title: it.Title, Unit: it.Unit, None: it.None})
	}
	if got := standard.Heads(); !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

func BenchmarkHeads(b *testing.B) {
	for b.Loop() {
		standard.Heads()
	}
}
