-- What one call of ingest brought. sum_a and sum_b hold the content sum of the
-- rows that were new in it, rows their number; they grow with each file.
CREATE TABLE batch (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL,
  options    TEXT NOT NULL,
  started_at TEXT NOT NULL,
  rows       INTEGER NOT NULL DEFAULT 0,
  sum_a      INTEGER NOT NULL DEFAULT 0,
  sum_b      INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A file that is read again has a row of that batch too.
CREATE TABLE ingested_file (
  kind    TEXT NOT NULL,
  options TEXT NOT NULL,
  parser  INTEGER NOT NULL,
  digest  TEXT NOT NULL,
  name    TEXT NOT NULL,
  size    INTEGER NOT NULL,
  rows    INTEGER NOT NULL,
  company INTEGER NOT NULL, -- the one that it speaks of; 0: several, or none
  batch   INTEGER NOT NULL REFERENCES batch (id),
  PRIMARY KEY (kind, digest, options, parser, batch)
) STRICT, WITHOUT ROWID;
CREATE INDEX ingested_file_by_batch ON ingested_file (batch, company);

-- Of which companies a batch overruled rows of earlier batches; 0: rows of no
-- company. Files of these companies that were read before say something again.
CREATE TABLE overruled (
  batch   INTEGER NOT NULL REFERENCES batch (id),
  company INTEGER NOT NULL,
  PRIMARY KEY (batch, company)
) STRICT, WITHOUT ROWID;

-- Dictionaries.
CREATE TABLE tag (
  id       INTEGER PRIMARY KEY,
  taxonomy TEXT NOT NULL,
  name     TEXT NOT NULL,
  UNIQUE (taxonomy, name)
) STRICT;
CREATE TABLE unit (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE form (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

-- Dates are days since 1970-01-01; 0 is none. The key of each table is its
-- primary key up to the values and the batch; the latest batch wins among rows of
-- one key. A batch that says what the latest one before it says has no row, so a
-- value can come back.
CREATE TABLE company (
  cik   INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL
) STRICT;
CREATE TABLE company_name (
  cik    INTEGER NOT NULL,
  source TEXT NOT NULL,
  name   TEXT NOT NULL,
  batch  INTEGER NOT NULL,
  PRIMARY KEY (cik, source, batch, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE filing (
  id        INTEGER PRIMARY KEY,
  company   INTEGER NOT NULL,
  accession TEXT NOT NULL,
  form      INTEGER NOT NULL REFERENCES form (id),
  filed     INTEGER NOT NULL,
  batch     INTEGER NOT NULL,
  UNIQUE (company, accession, form, filed, batch)
) STRICT;
CREATE TABLE filing_accepted (
  company   INTEGER NOT NULL,
  accession TEXT NOT NULL,
  accepted  INTEGER NOT NULL, -- seconds since 1970-01-01 UTC
  batch     INTEGER NOT NULL,
  PRIMARY KEY (company, accession, batch, accepted)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
  company INTEGER NOT NULL,
  tag     INTEGER NOT NULL,
  unit    INTEGER NOT NULL,
  "end"   INTEGER NOT NULL,
  start   INTEGER NOT NULL, -- 0: an instant
  filing  INTEGER NOT NULL,
  value   REAL NOT NULL,
  batch   INTEGER NOT NULL,
  PRIMARY KEY (company, tag, unit, "end", start, filing, batch, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE security (
  source     TEXT NOT NULL,
  ticker     TEXT NOT NULL,
  cik        INTEGER NOT NULL, -- 0: no company
  valid_from INTEGER NOT NULL,
  valid_to   INTEGER NOT NULL,
  name       TEXT NOT NULL,
  exchange   TEXT NOT NULL,
  sic        INTEGER NOT NULL,
  type       TEXT NOT NULL,
  batch      INTEGER NOT NULL,
  PRIMARY KEY (source, ticker, cik, valid_from, batch, valid_to, name, exchange, sic, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE series (
  id         INTEGER PRIMARY KEY,
  ticker     TEXT NOT NULL,
  basis      INTEGER NOT NULL, -- 0 raw, 1 split-adjusted, 2 total-return
  basis_date INTEGER NOT NULL,
  as_price   INTEGER NOT NULL,
  batch      INTEGER NOT NULL,
  UNIQUE (ticker, basis, basis_date, as_price)
) STRICT;
CREATE TABLE price (
  series INTEGER NOT NULL,
  day    INTEGER NOT NULL,
  close  REAL NOT NULL,
  open   REAL NOT NULL, -- 0 here and below: not said
  high   REAL NOT NULL,
  low    REAL NOT NULL,
  volume REAL NOT NULL,
  has_volume INTEGER NOT NULL, -- 0: the volume is not said; 1: it is, be it 0
  batch  INTEGER NOT NULL,
  PRIMARY KEY (series, day, batch, close, open, high, low, volume, has_volume)
) STRICT, WITHOUT ROWID;
CREATE TABLE split (
  ticker TEXT NOT NULL,
  day    INTEGER NOT NULL,
  ratio  REAL NOT NULL,
  batch  INTEGER NOT NULL,
  PRIMARY KEY (ticker, day, batch, ratio)
) STRICT, WITHOUT ROWID;

-- Which companies' facts and filings a batch changed, with the content sum of
-- what was new.
CREATE TABLE company_change (
  company INTEGER NOT NULL,
  batch   INTEGER NOT NULL,
  facts   INTEGER NOT NULL,
  filings INTEGER NOT NULL,
  sum_a   INTEGER NOT NULL,
  sum_b   INTEGER NOT NULL,
  PRIMARY KEY (company, batch)
) STRICT, WITHOUT ROWID;

-- Caches: the only tables whose rows are replaced.
CREATE TABLE pack (
  company     INTEGER PRIMARY KEY,
  concept_map TEXT NOT NULL,
  data        TEXT NOT NULL, -- content of the company that it was made of
  content     BLOB NOT NULL
) STRICT;
CREATE TABLE snapshot (
  id   INTEGER PRIMARY KEY,
  data TEXT NOT NULL,
  key  TEXT NOT NULL,
  UNIQUE (data, key)
) STRICT;
CREATE TABLE snapshot_column (
  snapshot INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
  name     TEXT NOT NULL,
  basis    INTEGER NOT NULL,
  lag      INTEGER NOT NULL,
  content  BLOB NOT NULL,
  PRIMARY KEY (snapshot, name, basis, lag)
) STRICT;

-- For people.
CREATE VIEW facts AS
SELECT f.company AS cik, t.taxonomy, t.name AS tag, u.name AS unit,
       CASE f.start WHEN 0 THEN NULL ELSE date(f.start * 86400, 'unixepoch') END AS start,
       date(f."end" * 86400, 'unixepoch') AS "end",
       f.value, g.accession, o.name AS form,
       date(g.filed * 86400, 'unixepoch') AS filed, f.batch
FROM fact f
JOIN tag t ON t.id = f.tag
JOIN unit u ON u.id = f.unit
JOIN filing g ON g.id = f.filing
JOIN form o ON o.id = g.form;

CREATE VIEW prices AS
SELECT s.ticker, CASE s.basis WHEN 0 THEN 'raw' WHEN 1 THEN 'split-adjusted' ELSE 'total-return' END AS basis,
       CASE s.basis_date WHEN 0 THEN NULL ELSE date(s.basis_date * 86400, 'unixepoch') END AS basis_date,
       date(p.day * 86400, 'unixepoch') AS day, p.open, p.high, p.low, p.close, p.volume, p.batch
FROM price p JOIN series s ON s.id = p.series;
