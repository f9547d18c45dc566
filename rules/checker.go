package rules

import (
	"context"
	"math"
)

// checker makes the check of a condition, which compares columns, or arithmetic
// over them, with each other and with literals.
type checker struct {
	ev    *Evaluation
	room  int     // terms left
	lanes int     // that the check needs
	cost  float64 // about how many nanoseconds a row takes
}

// opposite is what holds of two numbers where an operator does not.
var opposite = map[string]string{"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}

// mirrored is an operator with its sides exchanged.
var mirrored = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}

// check returns the check of a condition, or nil where it is more than that.
func (c *checker) check(ctx context.Context, n *node, w want) (check, error) {
	n = n.named()
	if c.room--; c.room < 0 {
		return nil, nil
	}
	switch n.op {
	case "not":
		return c.check(ctx, n.args[0], want{!w.yes, w.unknown})
	case "and", "or":
		a, err := c.check(ctx, n.args[0], w)
		if err != nil || a == nil {
			return nil, err
		}
		b, err := c.check(ctx, n.args[1], w)
		if err != nil || b == nil {
			return nil, err
		}
		c.cost++
		return &pair{a: a, b: b, all: (n.op == "and") == w.yes}, nil
	case "column":
		v, err := c.ev.eval(ctx, n, At{})
		if err != nil {
			return nil, err
		}
		c.cost += 2
		return &columnBand{v: v, band: band{inverted: w.yes, unknown: w.unknown}}, nil // yes is other than 0
	case "<", "<=", ">", ">=", "==", "!=":
		return c.comparison(ctx, n, w)
	}
	return nil, nil
}

// comparison returns the check of a comparison of numbers or dates.
func (c *checker) comparison(ctx context.Context, n *node, w want) (check, error) {
	before := c.cost
	a, err := c.quantity(ctx, n.args[0], 0)
	if err != nil || a == nil {
		return nil, err
	}
	b, err := c.quantity(ctx, n.args[1], 1)
	if err != nil || b == nil {
		return nil, err
	}
	c.cost += 2
	op := n.op
	if !w.yes {
		op = opposite[op] // of numbers that are known, one or the other holds
	}
	if _, ok := a.(number); ok {
		a, b, op = b, a, mirrored[op]
	}
	limit, ok := b.(number)
	if !ok {
		return &versus{a: a, b: b, op: op, unknown: w.unknown}, nil
	}
	within := bandOf(op, float64(limit), w.unknown)
	if column, ok := a.(columnOf); ok {
		c.cost = before + 2
		return &columnBand{v: column.v, band: within}, nil
	}
	return &quantityBand{q: a, band: within}, nil
}

// quantity returns what computes a number or date, nil where that takes more than
// arithmetic over columns. It uses the lane of its depth and those above.
func (c *checker) quantity(ctx context.Context, n *node, depth int) (quantity, error) {
	n = n.named()
	c.lanes = max(c.lanes, depth+1)
	if c.room--; c.room < 0 || n.kind == Text {
		return nil, nil
	}
	c.cost++
	switch n.op {
	case "literal":
		return number(n.f), nil
	case "column":
		v, err := c.ev.eval(ctx, n, At{})
		return columnOf{v}, err
	case "+", "-", "*", "/", "neg":
		if n.kind != Number {
			return nil, nil
		}
		args := []*node{{op: "literal"}, n.args[0]} // -x is 0 - x
		if n.op != "neg" {
			args = n.args
		}
		a, err := c.quantity(ctx, args[0], depth)
		if err != nil || a == nil {
			return nil, err
		}
		b, err := c.quantity(ctx, args[1], depth+1)
		if err != nil || b == nil {
			return nil, err
		}
		return &reckoning{op: n.op, a: a, b: b}, nil
	}
	return nil, nil
}

// bandOf returns the numbers that hold in a comparison with a limit.
func bandOf(op string, limit float64, unknown bool) band {
	b := band{lo: math.Inf(-1), hi: math.Inf(1), unknown: unknown}
	switch op {
	case "<":
		b.hi = math.Nextafter(limit, b.lo)
	case "<=":
		b.hi = limit
	case ">":
		b.lo = math.Nextafter(limit, b.hi)
	case ">=":
		b.lo = limit
	default:
		b.lo, b.hi, b.inverted = limit, limit, op == "!="
	}
	return b
}
