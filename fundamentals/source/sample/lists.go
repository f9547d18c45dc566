package sample

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
)

// lists are the files that have rows of all companies.
type lists struct {
	files              []*os.File
	securities, splits *csv.Writer
	prices             *bufio.Writer
}

func (l *lists) open(files Files) error {
	for _, path := range []string{files.Securities, files.Splits, files.Prices} {
		f, err := os.Create(path)
		if err != nil {
			return errors.Join(fmt.Errorf("sample: %w", err), l.closeFiles())
		}
		l.files = append(l.files, f)
	}
	l.securities, l.splits, l.prices = csv.NewWriter(l.files[0]), csv.NewWriter(l.files[1]), bufio.NewWriterSize(l.files[2], 1<<18)
	return l.add(made{
		securities: [][]string{{"cik", "ticker", "name", "exchange", "sic", "type", "from", "to"}},
		splits:     [][]string{{"ticker", "date", "ratio"}},
		prices:     new(deflater).deflated([]byte("Ticker,Date,Open,High,Low,Close,Volume\n")),
	})
}

func (l *lists) add(m made) error {
	if m.err != nil {
		return m.err
	}
	for _, row := range m.securities {
		if err := l.securities.Write(row); err != nil {
			return fmt.Errorf("sample: %w", err)
		}
	}
	for _, row := range m.splits {
		if err := l.splits.Write(row); err != nil {
			return fmt.Errorf("sample: %w", err)
		}
	}
	if _, err := l.prices.Write(m.prices); err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	return nil
}

func (l *lists) close() error {
	l.securities.Flush()
	l.splits.Flush()
	err := errors.Join(l.securities.Error(), l.splits.Error(), l.prices.Flush(), l.closeFiles())
	if err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	return nil
}

func (l *lists) closeFiles() (err error) {
	for _, f := range l.files {
		err = errors.Join(err, f.Close())
	}
	return err
}
