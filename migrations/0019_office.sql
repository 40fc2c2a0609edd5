-- Officers of the agency, their keys and their sessions: apart from people's accounts, so that neither can become the
-- other.

CREATE TABLE officers (
  id ID PRIMARY KEY,                            -- sensitive: no
  email_sealed BYTES NOT NULL,                  -- sensitive: yes
  email_index BYTES NOT NULL UNIQUE,            -- sensitive: yes
  name_sealed BYTES NOT NULL,                   -- sensitive: yes
  handle BYTES NOT NULL UNIQUE,                 -- sensitive: no
  role TEXT NOT NULL,                           -- sensitive: no
  unit TEXT NOT NULL,                           -- sensitive: no
  language TEXT NOT NULL,                       -- sensitive: no
  state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'stopped')),  -- sensitive: no
  created_at INTEGER NOT NULL,                  -- sensitive: no
  signed_in_at INTEGER                          -- sensitive: no
);

-- An officer has no other way in than these.
CREATE TABLE officer_passkeys (
  id ID PRIMARY KEY,                            -- sensitive: no
  officer ID NOT NULL REFERENCES officers (id), -- sensitive: no
  name TEXT NOT NULL,                           -- sensitive: no
  credential_index BYTES NOT NULL UNIQUE,       -- sensitive: yes
  credential_id_sealed BYTES NOT NULL,          -- sensitive: yes
  public_key BYTES NOT NULL,                    -- sensitive: no
  sign_count INTEGER NOT NULL,                  -- sensitive: no
  is_backup_eligible BOOL NOT NULL,             -- sensitive: no
  transports TEXT NOT NULL,                     -- sensitive: no
  created_at INTEGER NOT NULL,                  -- sensitive: no
  used_at INTEGER,                              -- sensitive: no
  switched_off_at INTEGER                       -- sensitive: no
);
CREATE INDEX officer_passkeys_officer ON officer_passkeys (officer);

-- One-time links by which somebody becomes an officer, or gets a first key again; a new one ends the one before.
CREATE TABLE officer_invitations (
  id ID PRIMARY KEY,                            -- sensitive: no
  officer ID NOT NULL REFERENCES officers (id), -- sensitive: no
  token_hash BYTES NOT NULL UNIQUE,             -- sensitive: yes
  expires_at INTEGER NOT NULL,                  -- sensitive: no
  used_at INTEGER                               -- sensitive: no
);
CREATE INDEX officer_invitations_officer ON officer_invitations (officer);

CREATE TABLE office_sessions (
  id ID PRIMARY KEY,                            -- sensitive: no
  token_hash BYTES NOT NULL UNIQUE,             -- sensitive: yes
  officer ID NOT NULL REFERENCES officers (id), -- sensitive: no
  created_at INTEGER NOT NULL,                  -- sensitive: no
  proved_at INTEGER NOT NULL,                   -- sensitive: no
  last_seen_at INTEGER NOT NULL,                -- sensitive: no
  expires_at INTEGER NOT NULL,                  -- sensitive: no
  ended_at INTEGER                              -- sensitive: no
);
CREATE INDEX office_sessions_officer ON office_sessions (officer);
CREATE INDEX office_sessions_expires_at ON office_sessions (expires_at);

-- What an officer searched for, and why: the page of what was found belongs to who asked, for an hour.
CREATE TABLE office_searches (
  id ID PRIMARY KEY,                            -- sensitive: no
  officer ID NOT NULL REFERENCES officers (id), -- sensitive: no
  reason TEXT NOT NULL,                         -- sensitive: no
  asked_sealed BYTES NOT NULL,                  -- sensitive: yes
  at INTEGER NOT NULL                           -- sensitive: no
);
CREATE INDEX office_searches_at ON office_searches (at);

-- By what officers find people: keyed hashes of a name and another, a name and the birth date, an address; under a key
-- of its own, so that a copy of the database finds nobody. No single name and no single date stands here.
CREATE TABLE person_search (
  entry BYTES NOT NULL,                         -- sensitive: yes
  kind TEXT NOT NULL,                           -- sensitive: no
  subject ID NOT NULL,                          -- sensitive: no
  PRIMARY KEY (entry, kind, subject)
);
