-- Who represents people before the agency, and whom.

-- One row an account: what it says of itself, and what the office found. Asking again after a refusal replaces it.
CREATE TABLE representatives (
  id ID PRIMARY KEY,                            -- sensitive: no
  account ID NOT NULL UNIQUE,                   -- sensitive: no
  kind TEXT NOT NULL CHECK (kind IN ('lawyer', 'accredited')),  -- sensitive: no
  organisation_sealed BYTES NOT NULL,           -- sensitive: yes
  licence_sealed BYTES NOT NULL,                -- sensitive: yes
  state TEXT NOT NULL CHECK (state IN ('waiting', 'verified', 'refused', 'withdrawn')),  -- sensitive: no
  asked_at INTEGER NOT NULL,                    -- sensitive: no
  decided_at INTEGER,                           -- sensitive: no
  decided_by ID                                 -- sensitive: no
);
CREATE INDEX representatives_state ON representatives (state, asked_at);

-- One row a passcode: either side starts it, the other's acceptance fills in what is missing and begins it; either ends
-- it. What has ended stays, as the history.
CREATE TABLE representations (
  id ID PRIMARY KEY,                            -- sensitive: no
  receipt_number TEXT NOT NULL,                 -- sensitive: no
  case_id ID REFERENCES cases (id),             -- sensitive: no
  party_id ID REFERENCES parties (id),          -- sensitive: no
  client ID,                                    -- sensitive: no
  representative ID,                            -- sensitive: no
  code_hash BYTES UNIQUE,                       -- sensitive: yes
  started_at INTEGER NOT NULL,                  -- sensitive: no
  code_ends_at INTEGER NOT NULL,                -- sensitive: no
  began_at INTEGER,                             -- sensitive: no
  ended_at INTEGER                              -- sensitive: no
);
CREATE INDEX representations_case ON representations (case_id, id);
CREATE INDEX representations_client ON representations (client);
-- The dashboard's way in.
CREATE INDEX representations_representative ON representations (representative) WHERE representative IS NOT NULL;
-- A client has one representative in a case at a time.
CREATE UNIQUE INDEX representations_standing ON representations (case_id, client)
  WHERE began_at IS NOT NULL AND ended_at IS NULL;

-- Who of them opened the case: at most one row for a reader and an hour.
CREATE TABLE representation_looks (
  id ID PRIMARY KEY,                                           -- sensitive: no
  representation ID NOT NULL REFERENCES representations (id),  -- sensitive: no
  looked_by ID NOT NULL,                                       -- sensitive: no
  hour INTEGER NOT NULL,                                       -- sensitive: no
  UNIQUE (representation, looked_by, hour)
);
