-- How much a kept table takes, so that the oldest can go when all take too much.
ALTER TABLE snapshot ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
UPDATE snapshot SET bytes = (SELECT coalesce(sum(length(content)), 0) FROM snapshot_column c WHERE c.snapshot = snapshot.id);
