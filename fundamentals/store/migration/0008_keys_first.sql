-- The columns of the key come first: where they do not, the integrity check of
-- SQLite up to 3.40 takes columns for missing that are not.
CREATE TABLE ingested_file_ordered (
  kind    TEXT NOT NULL,
  digest  TEXT NOT NULL,
  options TEXT NOT NULL,
  parser  INTEGER NOT NULL,
  batch   INTEGER NOT NULL REFERENCES batch (id),
  name    TEXT NOT NULL,
  size    INTEGER NOT NULL,
  rows    INTEGER NOT NULL,
  company INTEGER NOT NULL, -- the one that it speaks of; 0: several, or none
  PRIMARY KEY (kind, digest, options, parser, batch)
) STRICT, WITHOUT ROWID;
INSERT INTO ingested_file_ordered (kind, digest, options, parser, batch, name, size, rows, company)
  SELECT kind, digest, options, parser, batch, name, size, rows, company FROM ingested_file;
DROP TABLE ingested_file;
ALTER TABLE ingested_file_ordered RENAME TO ingested_file;
CREATE INDEX ingested_file_by_batch ON ingested_file (batch, company);

DROP VIEW user_values;
CREATE TABLE user_value_ordered (
  "column" INTEGER NOT NULL REFERENCES user_column (id),
  owner    INTEGER NOT NULL,
  since    INTEGER NOT NULL, -- first day of a tag; 0 of other columns
  known_on INTEGER NOT NULL,
  batch    INTEGER NOT NULL,
  cik      INTEGER NOT NULL, -- 0: by ticker
  ticker   TEXT NOT NULL,    -- '': by cik
  until    INTEGER NOT NULL, -- last day on which it holds; 0: open
  value    REAL NOT NULL,
  text     TEXT NOT NULL,
  file     TEXT NOT NULL,
  line     INTEGER NOT NULL,
  PRIMARY KEY ("column", owner, since, known_on, batch, cik, ticker, until, value, text)
) STRICT, WITHOUT ROWID;
INSERT INTO user_value_ordered ("column", owner, since, known_on, batch, cik, ticker, until, value, text, file, line)
  SELECT "column", owner, since, known_on, batch, cik, ticker, until, value, text, file, line FROM user_value;
DROP TABLE user_value;
ALTER TABLE user_value_ordered RENAME TO user_value;
CREATE VIEW user_values AS
SELECT c.name AS "column", c.unit, CASE v.cik WHEN 0 THEN NULL ELSE v.cik END AS cik, nullif(v.ticker, '') AS ticker,
       date(v.known_on * 86400, 'unixepoch') AS known_on,
       CASE v.since WHEN 0 THEN NULL ELSE date(v.since * 86400, 'unixepoch') END AS since,
       CASE v.until WHEN 0 THEN NULL ELSE date(v.until * 86400, 'unixepoch') END AS until,
       CASE c.unit WHEN 'text' THEN v.text WHEN 'date' THEN date(v.value * 86400, 'unixepoch') ELSE v.value END AS value,
       v.file, v.line, v.batch
FROM user_value v JOIN user_column c ON c.id = v."column";
