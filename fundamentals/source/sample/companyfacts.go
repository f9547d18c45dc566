package sample

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"regexp"
	"sync"
)

// The shape of EDGAR's companyfacts files.
type (
	factsFile struct {
		CIK   int64                         `json:"cik"`
		Name  string                        `json:"entityName"`
		Facts map[string]map[string]concept `json:"facts"`
	}
	concept struct {
		Label       string             `json:"label"`
		Description string             `json:"description"`
		Units       map[string][]point `json:"units"`
	}
	point struct {
		Start     string  `json:"start,omitempty"`
		End       string  `json:"end"`
		Value     float64 `json:"val"`
		Accession string  `json:"accn"`
		Year      int     `json:"fy"`
		Period    string  `json:"fp"`
		Form      string  `json:"form"`
		Filed     string  `json:"filed"`
	}
)

// writeFacts writes one company's file.
func writeFacts(path string, c *company, facts []stated) (err error) {
	file := factsFile{CIK: int64(c.cik), Name: c.name, Facts: map[string]map[string]concept{}}
	for _, f := range facts {
		tags := file.Facts[f.Tag.Taxonomy]
		if tags == nil {
			tags = map[string]concept{}
			file.Facts[f.Tag.Taxonomy] = tags
		}
		tag, ok := tags[f.Tag.Name]
		if !ok {
			tag = concept{Label: label(f.Tag.Name), Description: "Invented, like all of the sample.", Units: map[string][]point{}}
			tags[f.Tag.Name] = tag
		}
		tag.Units[f.Unit] = append(tag.Units[f.Unit], point{
			Start: f.Start.String(), End: f.End.String(), Value: f.Value, Accession: f.Accession,
			Year: f.fiscalYear, Period: f.fiscalPeriod, Form: f.Form, Filed: f.Filed.String(),
		})
	}
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	w := bufio.NewWriterSize(out, 1<<16)
	if err := json.NewEncoder(w).Encode(file); err != nil {
		return err
	}
	return w.Flush()
}

var hump = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`([a-z])([A-Z])`) })

// label turns a tag into words.
func label(tag string) string { return hump().ReplaceAllString(tag, "$1 $2") }
