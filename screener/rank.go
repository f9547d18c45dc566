package screener

import (
	"cmp"
	"context"
	"slices"

	"assay/rules"
)

// rank puts the companies that passed in a total order: score, ties, company
// number. What is missing comes after what is known.
func (r *run) rank(ctx context.Context) error {
	var rows []uint32
	for row, o := range r.outcomes {
		if o == passed {
			rows = append(rows, uint32(row))
		}
	}
	keys, err := r.keys(ctx, rows)
	if err == nil {
		r.order = indices(rows, best(r.table, rows, keys, 0))
	}
	return err
}

// keys evaluates the score and the ties of the rows that passed.
func (r *run) keys(ctx context.Context, rows []uint32) ([]*rules.Vector, error) {
	keys, err := scores(ctx, r.peers, r.screen, rows)
	if err != nil || keys == nil {
		return nil, err
	}
	r.score = make([]rules.Value, len(r.outcomes))
	for i, row := range rows {
		r.score[row] = keys[0].Value(i)
	}
	return keys, nil
}

func descending(a, b rules.Value) int {
	switch {
	case a.Why != rules.Known && b.Why != rules.Known:
		return 0
	case a.Why != rules.Known:
		return 1
	case b.Why != rules.Known:
		return -1
	}
	return cmp.Compare(b.F, a.F)
}

// listed returns the rows that the limit leaves. Companies that must stay take
// the places of the last of the others.
func (r *run) listed() []int {
	rank := r.screen.Rank
	if rank == nil || rank.Limit == 0 || rank.Limit >= len(r.order) {
		return r.order
	}
	if !slices.ContainsFunc(r.order[rank.Limit:], r.stays) {
		return r.order[:rank.Limit]
	}
	free := rank.Limit
	for _, row := range r.order {
		if r.stays(row) {
			free--
		}
	}
	var out []int
	for _, row := range r.order {
		switch {
		case r.stays(row):
		case free <= 0:
			continue
		default:
			free--
		}
		if out = append(out, row); len(out) == rank.Limit {
			break
		}
	}
	return out
}

// ranking tells how the order was made.
func (r *run) ranking() *Ranking {
	rank := r.screen.Rank
	if rank == nil {
		return nil
	}
	out := &Ranking{By: oneLine(rank.By.Text), Over: "universe", Limit: rank.Limit, Ties: []string{}}
	peers := mask(r.universe, rules.True)
	if rank.OverPassed {
		out.Over, peers = "passed", mask(r.outcomes, passed)
	}
	for _, is := range peers {
		if is {
			out.Peers++
		}
	}
	for _, tie := range rank.Ties {
		out.Ties = append(out.Ties, oneLine(tie.Text))
	}
	for i, row := range r.order {
		if r.score[row].Why != rules.Known {
			continue
		}
		out.Scored++
		// Those that are alike stand beside each other.
		if i > 0 && r.score[r.order[i-1]] == r.score[row] || i+1 < len(r.order) && r.score[r.order[i+1]] == r.score[row] {
			out.Tied++
		}
	}
	out.Missing = len(r.order) - out.Scored
	return out
}

// scoreOf returns the score of a row that passed; not ranked, it is not applicable.
func (r *run) scoreOf(row int) Datum {
	if r.score == nil {
		return Datum{Why: rules.NotApplicable}
	}
	by, v := r.screen.Rank.By.Program, r.score[row]
	return Datum{Kind: by.Kind(), Unit: by.Unit(), F: v.F, Why: v.Why}
}
