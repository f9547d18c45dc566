-- What a run was asked to tell besides its list, as JSON; '': nothing.
ALTER TABLE run_occurrence ADD COLUMN asked TEXT NOT NULL DEFAULT '';
