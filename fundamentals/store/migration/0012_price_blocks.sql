-- The closes of a series, packed by blocks of 365 days: a cache of the table
-- price. The block of a day is day / 365.
CREATE TABLE price_block (
  block   INTEGER NOT NULL,
  series  INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (block, series)
) STRICT, WITHOUT ROWID;

-- Blocks with rows in the table price that are not packed, or no longer as they
-- are there: who writes a price enters its block here.
CREATE TABLE price_unpacked (
  series INTEGER NOT NULL,
  block  INTEGER NOT NULL,
  PRIMARY KEY (series, block)
) STRICT, WITHOUT ROWID;
INSERT INTO price_unpacked SELECT DISTINCT series, day / 365 FROM price;

-- The first day that a batch can change: that of its first close, where it brought
-- nothing but closes of series that were there; otherwise a day before all.
ALTER TABLE batch ADD COLUMN first_day INTEGER NOT NULL DEFAULT -1000000;
