-- Cases, their parties, the codes that connect them, and what happened to them.

-- The present state of a case stands in its row, folded from its events in the transaction that takes them in, so that a
-- dashboard reads one row a case.
CREATE TABLE cases (
  id ID PRIMARY KEY,                            -- sensitive: no
  receipt_number TEXT NOT NULL,                 -- sensitive: no
  form TEXT NOT NULL,                           -- sensitive: no
  filed_on TEXT NOT NULL,                       -- sensitive: no
  feed_sequence INTEGER NOT NULL,               -- sensitive: no
  stage TEXT,                                   -- sensitive: no
  stage_since TEXT,                             -- sensitive: no
  step INTEGER NOT NULL,                        -- sensitive: no
  furthest_step INTEGER NOT NULL,               -- sensitive: no
  has_returned BOOL NOT NULL,                   -- sensitive: no
  outcome TEXT,                                 -- sensitive: no
  is_closed BOOL NOT NULL,                      -- sensitive: no
  open_requests INTEGER NOT NULL,               -- sensitive: no
  evidence_due_on TEXT,                         -- sensitive: no
  evidence_documents INTEGER NOT NULL,          -- sensitive: no
  last_kind TEXT,                               -- sensitive: no
  last_stage TEXT,                              -- sensitive: no
  last_on TEXT,                                 -- sensitive: no
  last_received_at INTEGER                      -- sensitive: no
);
CREATE UNIQUE INDEX cases_receipt_number ON cases (receipt_number);

CREATE TABLE parties (
  id ID PRIMARY KEY,                            -- sensitive: no
  case_id ID NOT NULL REFERENCES cases (id),    -- sensitive: no
  agency_party TEXT NOT NULL,                   -- sensitive: no
  role TEXT NOT NULL,                           -- sensitive: no
  is_present BOOL NOT NULL,                     -- sensitive: no
  is_organisation BOOL NOT NULL,                -- sensitive: no
  name_sealed BYTES NOT NULL,                   -- sensitive: yes
  proof_kind TEXT NOT NULL,                     -- sensitive: no
  proof_hash BYTES NOT NULL,                    -- sensitive: yes
  address_sealed BYTES,                         -- sensitive: yes
  email_sealed BYTES,                           -- sensitive: yes
  language TEXT NOT NULL,                       -- sensitive: no
  account ID,                                   -- sensitive: no
  connected_at INTEGER,                         -- sensitive: no
  letter_requested_at INTEGER,                  -- sensitive: no
  UNIQUE (case_id, agency_party)
);
-- The dashboard's way in; and one account is one party of a case at most.
CREATE UNIQUE INDEX parties_account ON parties (account, case_id) WHERE account IS NOT NULL;

CREATE TABLE access_codes (
  id ID PRIMARY KEY,                            -- sensitive: no
  party_id ID NOT NULL REFERENCES parties (id), -- sensitive: no
  agency_code TEXT,                             -- sensitive: no
  code_hash BYTES NOT NULL,                     -- sensitive: yes
  issued_at INTEGER NOT NULL,                   -- sensitive: no
  expires_at INTEGER NOT NULL,                  -- sensitive: no
  used_at INTEGER,                              -- sensitive: no
  withdrawn_at INTEGER                          -- sensitive: no
);
CREATE INDEX access_codes_party ON access_codes (party_id);

-- Letters with a new code that a person asked for; the code itself is made when the letter is exported.
CREATE TABLE letters (
  id ID PRIMARY KEY,                            -- sensitive: no
  party_id ID NOT NULL REFERENCES parties (id), -- sensitive: no
  requested_at INTEGER NOT NULL,                -- sensitive: no
  exported_at INTEGER                           -- sensitive: no
);
CREATE INDEX letters_waiting ON letters (requested_at) WHERE exported_at IS NULL;

-- What the agency sent about a case, a row a record, in order: the history that people read, and the memory by which a
-- record played again is known. `kind` tells what it did; records of parties and codes are no history.
CREATE TABLE case_events (
  id ID PRIMARY KEY,                            -- sensitive: no
  case_id ID NOT NULL REFERENCES cases (id),    -- sensitive: no
  sequence INTEGER NOT NULL,                    -- sensitive: no
  record TEXT NOT NULL,                         -- sensitive: no
  content_hash BYTES NOT NULL,                  -- sensitive: no
  kind TEXT NOT NULL,                           -- sensitive: no
  stage TEXT,                                   -- sensitive: no
  occurred_on TEXT NOT NULL,                    -- sensitive: no
  due_on TEXT,                                  -- sensitive: no
  outcome TEXT,                                 -- sensitive: no
  answers INTEGER,                              -- sensitive: no
  documents INTEGER NOT NULL,                   -- sensitive: no
  details_sealed BYTES,                         -- sensitive: yes
  received_at INTEGER NOT NULL                  -- sensitive: no
);
CREATE UNIQUE INDEX case_events_sequence ON case_events (case_id, sequence);
CREATE UNIQUE INDEX case_events_record ON case_events (record);

CREATE TABLE evidence_requests (
  id ID PRIMARY KEY,                            -- sensitive: no
  case_id ID NOT NULL REFERENCES cases (id),    -- sensitive: no
  sequence INTEGER NOT NULL,                    -- sensitive: no
  requested_on TEXT NOT NULL,                   -- sensitive: no
  due_on TEXT,                                  -- sensitive: no
  documents INTEGER NOT NULL,                   -- sensitive: no
  answered_on TEXT,                             -- sensitive: no
  UNIQUE (case_id, sequence)
);

CREATE TABLE appointments (
  id ID PRIMARY KEY,                            -- sensitive: no
  case_id ID NOT NULL REFERENCES cases (id),    -- sensitive: no
  agency_appointment TEXT NOT NULL,             -- sensitive: no
  kind TEXT NOT NULL,                           -- sensitive: no
  starts_at INTEGER NOT NULL,                   -- sensitive: no
  place TEXT NOT NULL,                          -- sensitive: no
  state TEXT NOT NULL,                          -- sensitive: no
  UNIQUE (case_id, agency_appointment)
);
CREATE INDEX appointments_coming ON appointments (case_id, starts_at);
