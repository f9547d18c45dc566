package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// screenFiles returns the files that arguments name: a file, a folder with the
// screens below it, a pattern such as screens/*.yaml, or the name of a screen
// that ships.
func screenFiles(args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		switch {
		case err == nil && info.IsDir():
			found, err := below(arg)
			if err != nil {
				return nil, err
			}
			if len(found) == 0 {
				return nil, usage("a screen's file ends in .yaml", "there is no screen in the folder %s", arg)
			}
			out = append(out, found...)
		case err != nil && strings.ContainsAny(arg, "*?["):
			found, err := filepath.Glob(arg)
			if err != nil || len(found) == 0 {
				return nil, usage("", "no file is named like %s", arg)
			}
			out = append(out, found...)
		default:
			out = append(out, arg)
		}
	}
	return out, nil
}

// below lists the screen files of a folder and of those in it, by name. Hidden
// ones are left out.
func below(folder string) (out []string, err error) {
	err = filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		hidden := strings.HasPrefix(e.Name(), ".") && path != folder
		switch {
		case err != nil:
			return err
		case hidden && e.IsDir():
			return filepath.SkipDir
		case !hidden && e.Type().IsRegular() && slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(path)):
			out = append(out, path)
		}
		return nil
	})
	return out, err
}
