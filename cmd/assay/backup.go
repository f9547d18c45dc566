package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"assay/fundamentals/store"
)

func (a *app) backupCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the database, while others read and write it",
		Long: `Backup copies the database as it is at one moment, checks the copy and puts it at
FILE, whole or not at all. A daemon or an ingest may go on meanwhile. The copy is a
database like any other: --db FILE opens it, and it gives the same answers.`,
		Example: `  assay backup copy.db
  assay backup copy.db --force`,
		Args: exactly("FILE"),

		Annotations: idle{"as-of": "the copy is of today, and holds all days", "output": "FILE is where the copy goes: assay backup FILE"},

		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := a.format("table", "json")
			if err != nil {
				return err
			}
			return a.backup(cmd.Context(), args[0], force, format)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "put the copy in the place of a file that is there")
	return cmd
}

func (a *app) backup(ctx context.Context, file string, force bool, format string) (err error) {
	if err := a.mayBackUpTo(file, force); err != nil {
		return err
	}
	db, err := a.openDB(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	folder, err := os.MkdirTemp(filepath.Dir(file), ".assay-backup-")
	if err != nil {
		return fmt.Errorf("backup %s: %w", file, plainPath(err))
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	size, err := a.backupThrough(ctx, db, filepath.Join(folder, "copy"), file, force)
	if err != nil {
		return err
	}
	a.out.note("wrote %s, %.1f MB", file, float64(size)/1e6)
	return a.out.object(format, struct {
		File     string `json:"file"`
		Database string `json:"database"`
		Bytes    int64  `json:"bytes"`
	}{file, db.Path(), size})
}

// backupThrough makes the copy beside its place, and then moves it there. It returns
// its size.
func (a *app) backupThrough(ctx context.Context, db *store.DB, beside, file string, force bool) (int64, error) {
	if err := db.Backup(ctx, beside); err != nil {
		return 0, err
	}
	made, err := os.Stat(beside)
	if err != nil {
		return 0, err
	}
	if err := a.mayBackUpTo(file, force); err != nil { // it may have come meanwhile
		return 0, err
	}
	if err := os.Rename(beside, file); err != nil {
		return 0, fmt.Errorf("backup %s: %w", file, plainPath(err))
	}
	return made.Size(), nil
}

// mayBackUpTo is an error if a copy may not be put at a place.
func (a *app) mayBackUpTo(file string, force bool) error {
	there, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("backup %s: %w", file, plainPath(err))
	}
	if own, err := os.Stat(a.settings.DB); err == nil && os.SameFile(own, there) {
		return usage("name another FILE", "backup %s: it is the database itself", file)
	}
	switch {
	case !there.Mode().IsRegular():
		return usage("", "backup %s: it is no file that could be replaced", file)
	case !force:
		return usage("name another FILE, or say --force", "backup %s: it is there already", file)
	}
	// The log of a database that is open would be played into the copy.
	if log, err := os.Stat(file + "-wal"); err == nil && log.Size() > 0 {
		return &failure{exitFailed, fmt.Errorf("backup %s: it is a database that a program has open, or that was not closed", file), "its log is " + file + "-wal; name another FILE"}
	}
	return nil
}
