package standard

// slab hands out the arrays behind many short slices from few long ones: a company
// has thousands of periods with a version or two.
type slab[T any] struct {
	chunks [][]T
	used   int // chunks in which nothing is free
	free   []T
}

// add is append for a slice that was made by add alone, or is nil.
func (s *slab[T]) add(list []T, x T) []T {
	if n := len(list); n == cap(list) {
		room := max(1, 2*n)
		s.need(room)
		copy(s.free, list)
		list, s.free = s.free[:n:room], s.free[room:]
	}
	return append(list, x)
}

// need sees to it that so much is free in one piece.
func (s *slab[T]) need(room int) {
	const chunk = 512
	for len(s.free) < room {
		if s.used == len(s.chunks) {
			s.chunks = append(s.chunks, make([]T, max(room, chunk)))
		}
		s.free = s.chunks[s.used]
		s.used++
	}
}

// reset takes back all that was handed out.
func (s *slab[T]) reset() { s.used, s.free = 0, nil }
