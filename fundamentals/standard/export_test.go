package standard

// AskingForAll returns a map by which a statement is asked for every item, whatever
// it states.
func AskingForAll(m *Map) *Map {
	all := m.newItemSet()
	for item := range m.Items {
		all.add(item)
	}
	asking := *m
	asking.readers = make([]itemSet, len(m.Tags))
	for tag := range asking.readers {
		asking.readers[tag] = all
	}
	return &asking
}
