-- What the office does to a case beside the agency's feed, and who looked at it.

-- How many things happened to the case, by whomever: each act and each record that goes in counts it up, so that nobody
-- overwrites what they have not seen.
ALTER TABLE cases
  ADD COLUMN version INTEGER NOT NULL DEFAULT 0;      -- sensitive: no
UPDATE cases SET version = feed_sequence;

-- The place in the case's history. The feed counts its own records by `sequence` (1, 2, 3 …); an act of the office has
-- the negative of its position there, so that the two never meet.
ALTER TABLE case_events
  ADD COLUMN position INTEGER NOT NULL DEFAULT 0;     -- sensitive: no
UPDATE case_events SET position = sequence;
ALTER TABLE case_events
  ADD COLUMN by_officer ID;                           -- sensitive: no
ALTER TABLE case_events
  ADD COLUMN by_role TEXT;                            -- sensitive: no
ALTER TABLE case_events
  ADD COLUMN by_unit TEXT;                            -- sensitive: no
-- Of a correction: the sequence of what it takes back.
ALTER TABLE case_events
  ADD COLUMN corrects INTEGER;                        -- sensitive: no

-- A request that was a mistake counts as answered on the day it was taken back.
ALTER TABLE evidence_requests
  ADD COLUMN is_withdrawn BOOL NOT NULL DEFAULT FALSE; -- sensitive: no
ALTER TABLE evidence_requests
  ADD COLUMN position INTEGER NOT NULL DEFAULT 0;     -- sensitive: no
UPDATE evidence_requests SET position = sequence;

-- The office's queues: open cases by what happened last, the longest wait first; and those whose answer is late.
CREATE INDEX cases_waiting ON cases (form, last_kind, last_received_at, receipt_number) WHERE is_closed = FALSE;
CREATE INDEX cases_evidence_due ON cases (evidence_due_on, receipt_number) WHERE is_closed = FALSE AND open_requests > 0;

-- Every look at a case and every act on it that is not the person's own. People see role, unit and reason; the officer
-- is the auditor's to see.
CREATE TABLE case_looks (
  id ID PRIMARY KEY,                            -- sensitive: no
  case_id ID NOT NULL REFERENCES cases (id),    -- sensitive: no
  officer ID NOT NULL,                          -- sensitive: no
  role TEXT NOT NULL,                           -- sensitive: no
  unit TEXT NOT NULL,                           -- sensitive: no
  reason TEXT NOT NULL,                         -- sensitive: no
  what TEXT NOT NULL,                           -- sensitive: no
  at INTEGER NOT NULL                           -- sensitive: no
);
CREATE INDEX case_looks_case ON case_looks (case_id, at, id);
CREATE INDEX case_looks_officer ON case_looks (officer, at, id);
