package lsp

import "encoding/json"

// Edited applies changes as a client sends them.
func Edited(text, changes string) (string, error) {
	var c []change
	if err := json.Unmarshal([]byte(changes), &c); err != nil {
		return "", err
	}
	return edited(text, c)
}
