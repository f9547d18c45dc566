package metric

import (
	"embed"
	"path"
	"strings"
)

// workedFiles hold one real example for each shape of formula and each score: a
// line of company and date, each step of the arithmetic, and the facts with their
// accession numbers, as "assay facts TICKER NAME --as-of DATE" prints them.
//
//go:embed worked/*.txt
var workedFiles embed.FS

// Worked returns the worked example of a metric; ok is false where there is none.
// Those without have the shape of one that has.
func Worked(name string) (text string, ok bool) {
	content, err := workedFiles.ReadFile(path.Join("worked", name+".txt"))
	return string(content), err == nil
}

// WorkedNames lists the metrics that have a worked example, sorted.
func WorkedNames() (names []string) {
	files, err := workedFiles.ReadDir("worked")
	if err != nil {
		return nil // the folder is embedded
	}
	for _, f := range files {
		names = append(names, strings.TrimSuffix(f.Name(), ".txt"))
	}
	return names
}
