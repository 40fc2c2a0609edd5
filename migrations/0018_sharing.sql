-- Whom a party lets see their case, and what these looked at.

-- One row an offer: it waits for its address's owner, is taken, and ends; nothing is changed afterwards but to end it.
CREATE TABLE case_helpers (
  id ID PRIMARY KEY,                            -- sensitive: no
  case_id ID NOT NULL REFERENCES cases (id),    -- sensitive: no
  party_id ID NOT NULL REFERENCES parties (id), -- sensitive: no
  given_by ID NOT NULL,                         -- sensitive: no
  email_sealed BYTES,                           -- sensitive: yes
  email_index BYTES,                            -- sensitive: yes
  helper ID,                                    -- sensitive: no
  may_act BOOL NOT NULL,                        -- sensitive: no
  offered_at INTEGER NOT NULL,                  -- sensitive: no
  ends_at INTEGER NOT NULL,                     -- sensitive: no
  accepted_at INTEGER,                          -- sensitive: no
  ended_at INTEGER                              -- sensitive: no
);
CREATE INDEX case_helpers_case ON case_helpers (case_id, id);
CREATE INDEX case_helpers_given_by ON case_helpers (given_by);
-- The dashboard's way in.
CREATE INDEX case_helpers_helper ON case_helpers (helper) WHERE helper IS NOT NULL;
CREATE INDEX case_helpers_waiting ON case_helpers (email_index) WHERE accepted_at IS NULL AND ended_at IS NULL;

-- Who of them opened the case: at most one row for a helper and an hour.
CREATE TABLE helper_looks (
  id ID PRIMARY KEY,                                    -- sensitive: no
  helping ID NOT NULL REFERENCES case_helpers (id),     -- sensitive: no
  hour INTEGER NOT NULL,                                -- sensitive: no
  UNIQUE (helping, hour)
);
