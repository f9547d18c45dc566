package screenfile

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// Schema returns the JSON Schema of the envelope of a screen, for editors that
// know YAML and not the language of rules; tests asks for that of a file of
// tests. It has no keyword that is younger than draft 7, and refuses nothing that
// Parse accepts. What expressions say is beyond it.
func Schema(tests bool) ([]byte, error) {
	keys, title := Keys(), "A screen of assay"
	if tests {
		keys, title = SuiteKeys(), "A file of tests of assay"
	}
	s := blockSchema(keys)
	s.Schema, s.Title = "http://json-schema.org/draft-07/schema#", title
	s.Definitions = map[string]*jsonschema.Schema{
		"name":       nameSchema(),
		"expression": {Types: wordTypes, Description: "An expression of the language of rules: assay help rules."},
		"value":      valueSchema(),
		"given":      givenSchema(),
	}
	if !tests { // one that extends another may take all over
		s.Required = []string{"screen"}
		s.AnyOf = []*jsonschema.Schema{{Required: []string{"pass"}}, {Required: []string{"extend"}}}
	}
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, text, "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// wordTypes are the types of JSON that YAML makes of a text or an expression.
var wordTypes = []string{"string", "number", "boolean"}

func definition(name string) *jsonschema.Schema {
	return &jsonschema.Schema{Ref: "#/definitions/" + name}
}

func blockSchema(keys []Key) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{}, AdditionalProperties: never()}
	for _, k := range keys {
		s.PropertyOrder = append(s.PropertyOrder, k.Name)
		s.Properties[k.Name] = keySchema(k)
		if k.Needed && k.Own {
			s.Required = append(s.Required, k.Name)
		}
	}
	return s
}

// never is the schema that nothing fits.
func never() *jsonschema.Schema { return &jsonschema.Schema{Not: &jsonschema.Schema{}} }

func keySchema(k Key) *jsonschema.Schema {
	s := holdsSchema(k)
	if !k.Own {
		s = &jsonschema.Schema{AnyOf: []*jsonschema.Schema{s, {Type: "null"}}}
	}
	s.Description = k.Doc
	return s
}

func holdsSchema(k Key) *jsonschema.Schema {
	switch k.Holds {
	case Whole:
		return &jsonschema.Schema{Types: []string{"integer", "string"}, Minimum: new(1.0), Maximum: new(float64(maxLimit)), Pattern: `^\s*\+?[0-9_]+\s*$`}
	case Choice:
		return choiceSchema(k.Words)
	case Expression:
		return &jsonschema.Schema{Types: wordTypes}
	case Named:
		return namesSchema(&jsonschema.Schema{AnyOf: []*jsonschema.Schema{definition("expression"), {Type: "null", Description: "takes out the one of the screen that is extended"}}})
	case List:
		return &jsonschema.Schema{Type: "array", Items: definition("expression")}
	case Columns:
		one := namesSchema(&jsonschema.Schema{AnyOf: []*jsonschema.Schema{definition("expression"), {Type: "null"}}})
		one.MinProperties, one.MaxProperties = new(1), new(1)
		return &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string", Pattern: identifier().String()}, one}}}
	case Choices:
		return namesSchema(&jsonschema.Schema{AnyOf: []*jsonschema.Schema{choiceSchema(k.Words), {Type: "null"}}})
	case WordList:
		return &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string", Pattern: k.Pattern}}
	case Block:
		return blockSchema(k.Keys)
	case Blocks:
		return &jsonschema.Schema{Type: "array", Items: blockSchema(k.Keys)}
	case Given:
		return definition("given")
	case Companies:
		return &jsonschema.Schema{Type: "object", PropertyNames: &jsonschema.Schema{Pattern: companyName().String()},
			AdditionalProperties: &jsonschema.Schema{AnyOf: []*jsonschema.Schema{definition("given"), {Type: "null"}}}}
	case Expected:
		block := &jsonschema.Schema{Type: "object", AdditionalProperties: definition("value"),
			Properties: map[string]*jsonschema.Schema{
				"screen":   choiceSchema(screenWords),
				"universe": choiceSchema(universeWords),
			}}
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{choiceSchema(k.Words), block}}
	}
	if k.Pattern != "" && k.Pattern != anything {
		return &jsonschema.Schema{Type: "string", Pattern: k.Pattern}
	}
	return &jsonschema.Schema{Types: wordTypes, Pattern: k.Pattern}
}

func choiceSchema(words []string) *jsonschema.Schema {
	s := &jsonschema.Schema{}
	for _, w := range words {
		s.Enum = append(s.Enum, w)
	}
	return s
}

func namesSchema(value *jsonschema.Schema) *jsonschema.Schema {
	return &jsonschema.Schema{Type: "object", PropertyNames: definition("name"), AdditionalProperties: value}
}

func nameSchema() *jsonschema.Schema {
	return &jsonschema.Schema{
		Pattern: identifier().String(), Not: choiceSchema(reserved),
		Description: "Lower-case letters, digits and underscores, a letter first, and no word of the language (" + strings.Join(reserved, ", ") + ").",
	}
}

// valueSchema fits what a test gives or expects: a literal, a reason for which it
// is missing, or a list by year.
func valueSchema() *jsonschema.Schema {
	one := []string{"string", "number", "boolean", "null"}
	return &jsonschema.Schema{Types: append([]string{"array"}, one...), Items: &jsonschema.Schema{Types: one}}
}

func givenSchema() *jsonschema.Schema {
	return namesSchema(definition("value"))
}
