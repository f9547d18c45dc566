-- The first day that a batch can change, by the rows that it brought: first_day
-- becomes it when no company stands in unsettled with the batch any more. Until then
-- first_day is a day before all, for what a filing shows of the past, such as a
-- split, is known when its company was standardised.
ALTER TABLE batch ADD COLUMN settled_day INTEGER NOT NULL DEFAULT -1000000;

-- Companies whose pack is of what was known before a batch.
CREATE TABLE unsettled (
  company INTEGER PRIMARY KEY,
  batch   INTEGER NOT NULL REFERENCES batch (id)
) STRICT;
