-- What is to be told, to which channel. A row is never given out of turn: of one
-- screen and channel the lowest number goes first. Times are milliseconds since
-- 1970-01-01 UTC.
CREATE TABLE outbox (
  number      INTEGER PRIMARY KEY AUTOINCREMENT,
  key         TEXT NOT NULL UNIQUE, -- of screen, run and channel: whoever gets it twice can tell
  channel     TEXT NOT NULL,
  screen      TEXT NOT NULL,
  run         TEXT NOT NULL,
  message     TEXT NOT NULL,    -- JSON
  put_at      INTEGER NOT NULL,
  state       TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'dead')),
  tries       INTEGER NOT NULL DEFAULT 0, -- counted when one begins; with number it names the try
  due_at      INTEGER NOT NULL, -- not tried before
  lease_until INTEGER NOT NULL DEFAULT 0, -- until then the try that began may last
  ended_at    INTEGER,          -- sent, or given up
  error       TEXT NOT NULL DEFAULT ''    -- of the last try
) STRICT;
CREATE INDEX outbox_pending ON outbox (channel, screen, number) WHERE state = 'pending';
