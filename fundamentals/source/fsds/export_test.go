package fsds

// SlicedBy is [Kind] with slices of another size.
var SlicedBy = kind
