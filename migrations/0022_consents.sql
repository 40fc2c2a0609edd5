-- What a petitioner lets the beneficiary see beyond their part, by kind of information. A row holds while the
-- petitioner's part stands; what has ended stays, as the history.
CREATE TABLE beneficiary_consents (
  id ID PRIMARY KEY,                               -- sensitive: no
  case_id ID NOT NULL REFERENCES cases (id),       -- sensitive: no
  party_id ID NOT NULL REFERENCES parties (id),    -- sensitive: no
  account ID NOT NULL,                             -- sensitive: no
  facet TEXT NOT NULL CHECK (facet IN ('history_details', 'evidence', 'appointments')),  -- sensitive: no
  given_at INTEGER NOT NULL,                       -- sensitive: no
  ended_at INTEGER                                 -- sensitive: no
);
CREATE UNIQUE INDEX beneficiary_consents_standing ON beneficiary_consents (case_id, account, facet)
  WHERE ended_at IS NULL;
CREATE INDEX beneficiary_consents_account ON beneficiary_consents (account);
