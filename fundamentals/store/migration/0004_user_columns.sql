-- Columns that the user brings. The unit of a column is said once; who says
-- another is refused.
CREATE TABLE user_column (
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL UNIQUE,
  unit  TEXT NOT NULL, -- USD/share, plain, text ... or tag
  batch INTEGER NOT NULL
) STRICT;

-- One word of the user about one company, which cik or else ticker names. owner is
-- that company as it was known when the word was read: it tells which words are
-- about the same. file and line are for people. The three are no part of what a
-- row says.
CREATE TABLE user_value (
  "column" INTEGER NOT NULL REFERENCES user_column (id),
  owner    INTEGER NOT NULL,
  cik      INTEGER NOT NULL, -- 0: by ticker
  ticker   TEXT NOT NULL,    -- '': by cik
  since    INTEGER NOT NULL, -- first day of a tag; 0 of other columns
  known_on INTEGER NOT NULL,
  until    INTEGER NOT NULL, -- last day on which it holds; 0: open
  value    REAL NOT NULL,
  text     TEXT NOT NULL,
  file     TEXT NOT NULL,
  line     INTEGER NOT NULL,
  batch    INTEGER NOT NULL,
  PRIMARY KEY ("column", owner, since, known_on, batch, cik, ticker, until, value, text)
) STRICT, WITHOUT ROWID;

-- Of the content sum of a batch, the part of these tables: what is derived from
-- facts and prices does not depend on it.
ALTER TABLE batch ADD COLUMN user_a INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN user_b INTEGER NOT NULL DEFAULT 0;

-- For people.
CREATE VIEW user_values AS
SELECT c.name AS "column", c.unit, CASE v.cik WHEN 0 THEN NULL ELSE v.cik END AS cik, nullif(v.ticker, '') AS ticker,
       date(v.known_on * 86400, 'unixepoch') AS known_on,
       CASE v.since WHEN 0 THEN NULL ELSE date(v.since * 86400, 'unixepoch') END AS since,
       CASE v.until WHEN 0 THEN NULL ELSE date(v.until * 86400, 'unixepoch') END AS until,
       CASE c.unit WHEN 'text' THEN v.text WHEN 'date' THEN date(v.value * 86400, 'unixepoch') ELSE v.value END AS value,
       v.file, v.line, v.batch
FROM user_value v JOIN user_column c ON c.id = v."column";
