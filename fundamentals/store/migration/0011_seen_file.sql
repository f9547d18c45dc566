-- Digests of files on disk, so that one that did not change since is not read
-- again. changed is the time of the last change to the file or to what the system
-- says of it, in nanoseconds since 1970-01-01 UTC.
CREATE TABLE seen_file (
  path    TEXT PRIMARY KEY,
  size    INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  digest  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
