package store

import (
	"context"
	"time"
)

// OpenWaiting is [Open] with another patience than that of users.
func OpenWaiting(ctx context.Context, path string, patience time.Duration) (*DB, error) {
	return openNamed(ctx, path, patience)
}
