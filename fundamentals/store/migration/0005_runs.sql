-- What runs decided: one row for each name, however often the run came back.
-- Dates are days since 1970-01-01.
CREATE TABLE run (
  name             TEXT PRIMARY KEY, -- a hash of all that decides it
  screen           TEXT NOT NULL,
  as_of            INTEGER NOT NULL,
  texts            TEXT NOT NULL,    -- JSON: the screen's file and the digest of its text, then those that it extends
  data_version     TEXT NOT NULL,
  batch            INTEGER NOT NULL, -- the last that it read
  catalogue        TEXT NOT NULL,
  program          TEXT NOT NULL,
  stale_statement  INTEGER NOT NULL,
  stale_price      INTEGER NOT NULL,
  previous         TEXT NOT NULL,    -- JSON: the list before, of a screen with bands; '' where there is none
  companies        INTEGER NOT NULL,
  universe         INTEGER NOT NULL,
  universe_unknown INTEGER NOT NULL,
  passed           INTEGER NOT NULL,
  failed           INTEGER NOT NULL,
  unknown          INTEGER NOT NULL,
  cut              INTEGER NOT NULL,
  decisions        BLOB NOT NULL     -- verdicts of every company, and the ranked list
) STRICT, WITHOUT ROWID;
CREATE INDEX run_by_screen ON run (screen, as_of);

CREATE TABLE run_text (
  digest TEXT PRIMARY KEY,
  text   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the names of a catalogue meant, as JSON, so that a later program can say
-- which of them it reads otherwise.
CREATE TABLE run_catalogue (
  name        TEXT PRIMARY KEY,
  definitions TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Each time that a run was made. Its number is not given again after pruning.
CREATE TABLE run_occurrence (
  number     INTEGER PRIMARY KEY AUTOINCREMENT,
  run        TEXT NOT NULL REFERENCES run (name),
  origin     TEXT NOT NULL, -- '': by hand; else what made it, such as a schedule
  file       TEXT NOT NULL,
  started_at TEXT NOT NULL, -- UTC, RFC 3339
  open_us    INTEGER NOT NULL, -- microseconds to the table, the result and the answer
  run_us     INTEGER NOT NULL,
  write_us   INTEGER NOT NULL
) STRICT;
CREATE INDEX run_occurrence_by_run ON run_occurrence (run);
