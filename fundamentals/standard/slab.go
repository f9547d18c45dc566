package standard

// slab hands out the arrays behind many short slices from few long ones: a company
// has thousands of periods with a version or two.
type slab[T any] struct{ free []T }

// add is append for a slice that was made by add alone, or is nil.
func (s *slab[T]) add(list []T, x T) []T {
	const chunk = 512
	if n := len(list); n == cap(list) {
		room := max(1, 2*n)
		if len(s.free) < room {
			s.free = make([]T, max(room, chunk))
		}
		copy(s.free, list)
		list, s.free = s.free[:n:room], s.free[room:]
	}
	return append(list, x)
}
