package main

import (
	"fmt"
	"slices"
	"strings"
)

// near is how many lines around a change are shown.
const near = 3

// edit is a line that stays (blank), goes (-) or comes (+).
type edit struct {
	mark byte
	text string
}

// lineDiff tells two texts apart as a unified diff.
func lineDiff(file, before, after string) string {
	edits := compareLines(slices.Collect(strings.Lines(before)), slices.Collect(strings.Lines(after)))
	var b strings.Builder
	fmt.Fprintf(&b, "--- %s\n+++ %s (formatted)\n", file, file)
	a, c := 1, 1 // the lines at which edits[i] stands
	for i := 0; i < len(edits); {
		end := hunk(edits, i)
		if end == i {
			a, c, i = a+1, c+1, i+1
			continue
		}
		var gone, come int
		for _, e := range edits[i:end] {
			if e.mark != '+' {
				gone++
			}
			if e.mark != '-' {
				come++
			}
		}
		fmt.Fprintf(&b, "@@ -%d,%d +%d,%d @@\n", a, gone, c, come)
		for _, e := range edits[i:end] {
			b.WriteByte(e.mark)
			b.WriteString(strings.TrimSuffix(e.text, "\n") + "\n")
			if !strings.HasSuffix(e.text, "\n") {
				b.WriteString("\\ no end of line at the end of the file\n")
			}
		}
		a, c, i = a+gone, c+come, end
	}
	return b.String()
}

// hunk returns where a group of changes ends that begins, with the lines before
// it, at i; i where none does.
func hunk(edits []edit, i int) int {
	end := i
	for k := i; k < len(edits) && k <= max(end+near, i+near); k++ {
		if edits[k].mark != ' ' {
			end = k + 1
		}
		if end > i && k-end >= 2*near {
			break
		}
	}
	if end == i {
		return i
	}
	return min(len(edits), end+near)
}

// tooMany is the product of the numbers of lines beyond which a middle part is
// shown as replaced whole.
const tooMany = 4_000_000

// compareLines finds a longest common part of two lists of lines.
func compareLines(a, b []string) (out []edit) {
	var head, tail int
	for head < len(a) && head < len(b) && a[head] == b[head] {
		out = append(out, edit{' ', a[head]})
		head++
	}
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	out = append(out, middle(a[head:len(a)-tail], b[head:len(b)-tail])...)
	for _, line := range a[len(a)-tail:] {
		out = append(out, edit{' ', line})
	}
	return out
}

func middle(a, b []string) (out []edit) {
	length := make([][]int32, len(a)+1)
	if len(a)*len(b) > tooMany {
		length = nil
	}
	for i := range length {
		length[i] = make([]int32, len(b)+1)
	}
	for i := len(length) - 2; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j] && length != nil:
			out = append(out, edit{' ', a[i]})
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || length == nil || length[i+1][j] >= length[i][j+1]):
			out = append(out, edit{'-', a[i]})
			i++
		default:
			out = append(out, edit{'+', b[j]})
			j++
		}
	}
	return out
}
