-- The chain over the audit trail: what waits for its place, the places, and what was signed
-- (docs/decisions/0008-audit-chain.md). A row of audit_waiting is written with its row of audit, and goes with the
-- transaction that gives it a place.

CREATE TABLE audit_waiting (
  audit_id ID PRIMARY KEY           -- sensitive: no
);
INSERT INTO audit_waiting (audit_id) SELECT id FROM audit;

CREATE TABLE audit_chain (
  position   ID PRIMARY KEY,        -- sensitive: no
  audit_id   ID NOT NULL UNIQUE,    -- sensitive: no
  salt       BYTES NOT NULL,        -- sensitive: no
  commitment BYTES NOT NULL,        -- sensitive: no
  hash       BYTES NOT NULL         -- sensitive: no
);

CREATE TABLE audit_checkpoints (
  at         INTEGER PRIMARY KEY,   -- sensitive: no
  kind       TEXT NOT NULL CHECK (kind IN ('signed', 'restored')),  -- sensitive: no
  position   INTEGER NOT NULL,      -- sensitive: no
  audit_id   ID NOT NULL,           -- sensitive: no
  hash       BYTES NOT NULL,        -- sensitive: no
  key_number INTEGER NOT NULL,      -- sensitive: no
  signature  BYTES NOT NULL         -- sensitive: no
);

-- Which of several nodes does what only one should do at a time.
CREATE TABLE leases (
  name   TEXT PRIMARY KEY,          -- sensitive: no
  holder ID NOT NULL,               -- sensitive: no
  until  INTEGER NOT NULL           -- sensitive: no
);
