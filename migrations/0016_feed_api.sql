-- The feed over HTTP: the keys of the agency's own systems, what they sent, and what was refused of it.

CREATE TABLE feed_keys (
  id ID PRIMARY KEY,                            -- sensitive: no
  name TEXT NOT NULL,                           -- sensitive: no
  key_hash BYTES NOT NULL UNIQUE,               -- sensitive: yes
  may_write BOOL NOT NULL,                      -- sensitive: no
  prefixes TEXT NOT NULL,                       -- sensitive: no
  created_at INTEGER NOT NULL,                  -- sensitive: no
  expires_at INTEGER NOT NULL,                  -- sensitive: no
  used_on TEXT,                                 -- sensitive: no
  revoked_at INTEGER                            -- sensitive: no
);

-- A batch by the sender's own name for it: sent again it gives the same report.
CREATE TABLE feed_requests (
  id ID PRIMARY KEY,                            -- sensitive: no
  feed_key ID NOT NULL REFERENCES feed_keys (id),  -- sensitive: no
  idempotency_hash BYTES NOT NULL,              -- sensitive: no
  content_hash BYTES NOT NULL,                  -- sensitive: no
  lines INTEGER NOT NULL,                       -- sensitive: no
  went_in INTEGER NOT NULL,                     -- sensitive: no
  known INTEGER NOT NULL,                       -- sensitive: no
  refused INTEGER NOT NULL,                     -- sensitive: no
  waiting INTEGER NOT NULL,                     -- sensitive: no
  started_at INTEGER NOT NULL,                  -- sensitive: no
  finished_at INTEGER,                          -- sensitive: no
  UNIQUE (feed_key, idempotency_hash)
);

-- Each record that did not go in: its line and name, the field and the reason, never what it said.
CREATE TABLE feed_refused (
  id ID PRIMARY KEY,                            -- sensitive: no
  request ID NOT NULL REFERENCES feed_requests (id),  -- sensitive: no
  line INTEGER NOT NULL,                        -- sensitive: no
  record TEXT NOT NULL,                         -- sensitive: no
  field TEXT NOT NULL,                          -- sensitive: no
  reason TEXT NOT NULL,                         -- sensitive: no
  at INTEGER NOT NULL,                          -- sensitive: no
  UNIQUE (request, line, record)
);
CREATE INDEX feed_refused_at ON feed_refused (at, id);
