package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"assay/screener/schedule"
)

// planned are the screens of a folder that have a schedule, and what is wrong with
// others.
type planned struct {
	plans    []schedule.Plan
	problems []folderProblem
	without  int // screens without a schedule
}

// folderProblem is why a file of the folder is not scheduled.
type folderProblem struct {
	file string
	err  error
}

// plansOf reads the screens of the folder that the user names.
func (a *app) plansOf(ctx context.Context) (p planned, err error) {
	folder := a.settings.Screens
	if folder == "" {
		return p, usage("--screens FOLDER names it, or screens: in the configuration (\"assay help serve\")", "there is no folder of screens to schedule")
	}
	entries, err := os.ReadDir(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return p, usage("", "there is no folder %s", folder)
	case err != nil:
		return p, fmt.Errorf("screens: %w", err)
	}
	taken := map[string]string{}
	for _, e := range entries {
		if !slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(e.Name())) || strings.HasPrefix(e.Name(), ".") || e.IsDir() {
			continue
		}
		file := filepath.Join(folder, e.Name())
		if err := a.planOf(ctx, file, &p, taken); err != nil {
			p.problems = append(p.problems, folderProblem{file, err})
		}
	}
	return p, nil
}

func (a *app) planOf(ctx context.Context, file string, p *planned, taken map[string]string) error {
	text, err := readStart(file)
	if err != nil {
		return err
	}
	screen, err := a.parseScreen(ctx, file, text)
	if err != nil {
		return err
	}
	if screen.Schedule == nil {
		p.without++
		return nil
	}
	if other := taken[screen.Name]; other != "" {
		return fmt.Errorf("the screen %s is in %s too: that one is scheduled", screen.Name, other)
	}
	plan, err := schedule.NewPlan(screen)
	if err != nil {
		return err
	}
	taken[screen.Name] = file
	p.plans = append(p.plans, plan)
	return nil
}
