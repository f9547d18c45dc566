-- What a source says of a company as of a day. 0 is not said.
CREATE TABLE company_profile (
  company         INTEGER NOT NULL,
  source          TEXT NOT NULL,
  known_on        INTEGER NOT NULL, -- the day from which the source vouches for it
  sic             INTEGER NOT NULL,
  fiscal_year_end INTEGER NOT NULL, -- month and day: 1231
  batch           INTEGER NOT NULL,
  PRIMARY KEY (company, source, known_on, batch, sic, fiscal_year_end)
) STRICT, WITHOUT ROWID;

-- Names that a company filed under, with the days of the first and the last
-- filing; last grows while the name is in use, so it is no part of the key.
CREATE TABLE company_past_name (
  company INTEGER NOT NULL,
  source  TEXT NOT NULL,
  name    TEXT NOT NULL,
  first   INTEGER NOT NULL,
  last    INTEGER NOT NULL,
  batch   INTEGER NOT NULL,
  PRIMARY KEY (company, source, name, first, batch, last)
) STRICT, WITHOUT ROWID;

-- The items of a form 8-K.
CREATE TABLE filing_items (
  company   INTEGER NOT NULL,
  accession TEXT NOT NULL,
  items     TEXT NOT NULL,
  batch     INTEGER NOT NULL,
  PRIMARY KEY (company, accession, batch, items)
) STRICT, WITHOUT ROWID;

-- Spans of days of which a source listed every filing of a company. They add
-- up: none overrules another.
CREATE TABLE filing_list (
  company INTEGER NOT NULL,
  source  TEXT NOT NULL,
  first   INTEGER NOT NULL, -- 0: from the company's first filing on
  last    INTEGER NOT NULL,
  batch   INTEGER NOT NULL,
  PRIMARY KEY (company, source, first, last)
) STRICT, WITHOUT ROWID;
