-- Shares outstanding by class of stock, as one filing states them. day is
-- rounded to the nearest month end.
CREATE TABLE share_class (
  company INTEGER NOT NULL,
  tag     INTEGER NOT NULL,
  member  TEXT NOT NULL,
  day     INTEGER NOT NULL,
  filing  INTEGER NOT NULL,
  shares  REAL NOT NULL,
  batch   INTEGER NOT NULL,
  PRIMARY KEY (company, tag, member, day, filing, shares, batch)
) STRICT, WITHOUT ROWID;

-- Facts of a source that rounds periods to quarters and month ends. Readers put
-- the filing's own dates in their place where it has any, and pass over those
-- that the table fact has too.
CREATE TABLE rounded_fact (
  company  INTEGER NOT NULL,
  tag      INTEGER NOT NULL,
  unit     INTEGER NOT NULL,
  "end"    INTEGER NOT NULL,
  quarters INTEGER NOT NULL, -- 0: an instant
  filing   INTEGER NOT NULL,
  value    REAL NOT NULL,
  batch    INTEGER NOT NULL,
  PRIMARY KEY (company, tag, unit, "end", quarters, filing, value, batch)
) STRICT, WITHOUT ROWID;

-- For people.
CREATE VIEW rounded_facts AS
SELECT f.company AS cik, t.taxonomy, t.name AS tag, u.name AS unit, f.quarters,
       date(f."end" * 86400, 'unixepoch') AS "end", f.value, g.accession, o.name AS form,
       date(g.filed * 86400, 'unixepoch') AS filed, f.batch
FROM rounded_fact f
JOIN tag t ON t.id = f.tag
JOIN unit u ON u.id = f.unit
JOIN filing g ON g.id = f.filing
JOIN form o ON o.id = g.form;

CREATE VIEW share_classes AS
SELECT c.company AS cik, t.taxonomy, t.name AS tag, c.member, date(c.day * 86400, 'unixepoch') AS day,
       c.shares, g.accession, o.name AS form, date(g.filed * 86400, 'unixepoch') AS filed, c.batch
FROM share_class c
JOIN tag t ON t.id = c.tag
JOIN filing g ON g.id = c.filing
JOIN form o ON o.id = g.form;
