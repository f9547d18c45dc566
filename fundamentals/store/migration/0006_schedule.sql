-- How far each scheduled screen has come. Times are seconds since 1970-01-01 UTC.
CREATE TABLE schedule_mark (
  screen TEXT PRIMARY KEY,
  upto   INTEGER NOT NULL  -- no slot up to here is to be run any more
) STRICT, WITHOUT ROWID;

-- Slots that were begun, or passed over. A slot that is running belongs to its
-- owner until the lease ends; each taking over is an attempt more.
CREATE TABLE schedule_slot (
  screen   TEXT NOT NULL,
  slot     INTEGER NOT NULL,
  state    TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'missed')),
  by_hand  INTEGER NOT NULL,  -- 1: asked for, beside the schedule
  missed   INTEGER NOT NULL,  -- slots before it that were passed over
  owner    TEXT NOT NULL,
  lease    INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  started  INTEGER NOT NULL,  -- microseconds, as is ended
  ended    INTEGER NOT NULL,  -- 0: not yet
  run      TEXT NOT NULL,     -- name of the run that it made, or ''
  error    TEXT NOT NULL,     -- of a failed one
  PRIMARY KEY (screen, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX schedule_slot_by_state ON schedule_slot (state, lease);
