-- What the import of the agency's feed must remember: how far each file went in, and the records that came too early.

CREATE TABLE feed_batches (
  id ID PRIMARY KEY,                            -- sensitive: no
  content_hash BYTES NOT NULL UNIQUE,           -- sensitive: no
  lines_done INTEGER NOT NULL,                  -- sensitive: no
  records_done INTEGER NOT NULL,                -- sensitive: no
  went_in INTEGER NOT NULL,                     -- sensitive: no
  known INTEGER NOT NULL,                       -- sensitive: no
  refused INTEGER NOT NULL,                     -- sensitive: no
  started_at INTEGER NOT NULL,                  -- sensitive: no
  finished_at INTEGER                           -- sensitive: no
);

CREATE TABLE feed_held (
  id ID PRIMARY KEY,                            -- sensitive: no
  record TEXT NOT NULL UNIQUE,                  -- sensitive: no
  receipt_number TEXT NOT NULL,                 -- sensitive: no
  sequence INTEGER NOT NULL,                    -- sensitive: no
  content_hash BYTES NOT NULL,                  -- sensitive: no
  line_sealed BYTES NOT NULL,                   -- sensitive: yes
  held_at INTEGER NOT NULL,                     -- sensitive: no
  UNIQUE (receipt_number, sequence)
);
