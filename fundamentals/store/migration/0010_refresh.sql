-- Times at which data were brought before a scheduled screen. One that is running
-- belongs to its owner until the lease ends. Times are microseconds since 1970-01-01
-- UTC, that of the lease is seconds.
CREATE TABLE schedule_refresh (
  name    TEXT NOT NULL,     -- of the configuration
  started INTEGER NOT NULL,
  state   TEXT NOT NULL CHECK (state IN ('running', 'done', 'partly', 'failed')),
  owner   TEXT NOT NULL,
  lease   INTEGER NOT NULL,
  ended   INTEGER NOT NULL,  -- 0: not yet
  steps   TEXT NOT NULL,     -- JSON: what became of each
  error   TEXT NOT NULL,     -- of a failed one
  PRIMARY KEY (name, started)
) STRICT, WITHOUT ROWID;
