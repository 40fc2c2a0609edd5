-- Accounts, what proves who they are, the sessions they hold, and sign-ups under way.

CREATE TABLE accounts (
  id ID PRIMARY KEY,                          -- sensitive: no
  email_sealed BYTES NOT NULL,                -- sensitive: yes
  email_index BYTES NOT NULL UNIQUE,          -- sensitive: yes
  given_name_sealed BYTES NOT NULL,           -- sensitive: yes
  family_name_sealed BYTES NOT NULL,          -- sensitive: yes
  date_of_birth_sealed BYTES NOT NULL,        -- sensitive: yes
  language TEXT NOT NULL,                     -- sensitive: no
  time_zone TEXT,                             -- sensitive: no
  password_hash_sealed BYTES NOT NULL,        -- sensitive: yes
  phone_sealed BYTES,                         -- sensitive: yes
  phone_proved_at INTEGER,                    -- sensitive: no
  state TEXT NOT NULL CHECK (state IN ('active', 'locked', 'closed')),  -- sensitive: no
  consent_version TEXT NOT NULL,              -- sensitive: no
  consented_at INTEGER NOT NULL,              -- sensitive: no
  created_at INTEGER NOT NULL,                -- sensitive: no
  signed_in_at INTEGER                        -- sensitive: no
);

CREATE TABLE totp_factors (
  id ID PRIMARY KEY,                          -- sensitive: no
  account ID NOT NULL REFERENCES accounts (id),  -- sensitive: no
  name TEXT NOT NULL,                         -- sensitive: no
  secret_sealed BYTES NOT NULL,               -- sensitive: yes
  used_step INTEGER NOT NULL,                 -- sensitive: no
  created_at INTEGER NOT NULL                 -- sensitive: no
);
CREATE INDEX totp_factors_account ON totp_factors (account);

CREATE TABLE backup_codes (
  id ID PRIMARY KEY,                          -- sensitive: no
  account ID NOT NULL REFERENCES accounts (id),  -- sensitive: no
  code_hash BYTES NOT NULL,                   -- sensitive: yes
  created_at INTEGER NOT NULL,                -- sensitive: no
  used_at INTEGER,                            -- sensitive: no
  UNIQUE (account, code_hash)
);

CREATE TABLE sessions (
  id ID PRIMARY KEY,                          -- sensitive: no
  token_hash BYTES NOT NULL UNIQUE,           -- sensitive: yes
  account ID NOT NULL REFERENCES accounts (id),  -- sensitive: no
  standing TEXT NOT NULL CHECK (standing IN ('half_signed_in', 'signed_in')),  -- sensitive: no
  is_shared BOOL NOT NULL,                    -- sensitive: no
  created_at INTEGER NOT NULL,                -- sensitive: no
  signed_in_at INTEGER,                       -- sensitive: no
  previous_visit_at INTEGER,                  -- sensitive: no
  proved_at INTEGER NOT NULL,                 -- sensitive: no
  last_seen_at INTEGER NOT NULL,              -- sensitive: no
  expires_at INTEGER NOT NULL,                -- sensitive: no
  ended_at INTEGER                            -- sensitive: no
);
CREATE INDEX sessions_account ON sessions (account);
CREATE INDEX sessions_expires_at ON sessions (expires_at);

CREATE TABLE sign_ups (
  id ID PRIMARY KEY,                          -- sensitive: no
  token_hash BYTES NOT NULL UNIQUE,           -- sensitive: yes
  email_sealed BYTES NOT NULL,                -- sensitive: yes
  email_index BYTES NOT NULL,                 -- sensitive: yes
  email_proved_at INTEGER,                    -- sensitive: no
  code_hash BYTES,                            -- sensitive: yes
  code_expires_at INTEGER,                    -- sensitive: no
  draft_sealed BYTES NOT NULL,                -- sensitive: yes
  continues ID REFERENCES sign_ups (id) ON DELETE SET NULL,  -- sensitive: no
  revision INTEGER NOT NULL,                  -- sensitive: no
  created_at INTEGER NOT NULL,                -- sensitive: no
  expires_at INTEGER NOT NULL                 -- sensitive: no
);
CREATE INDEX sign_ups_email_index ON sign_ups (email_index);
CREATE INDEX sign_ups_continues ON sign_ups (continues);
CREATE INDEX sign_ups_expires_at ON sign_ups (expires_at);

CREATE TABLE throttles (
  key_hash BYTES NOT NULL,                    -- sensitive: yes
  purpose TEXT NOT NULL,                      -- sensitive: no
  failures INTEGER NOT NULL,                  -- sensitive: no
  places INTEGER NOT NULL,                    -- sensitive: no
  places_lapse_at INTEGER,                    -- sensitive: no
  window_started_at INTEGER,                  -- sensitive: no
  locked_until INTEGER,                       -- sensitive: no
  forget_at INTEGER,                          -- sensitive: no
  PRIMARY KEY (key_hash, purpose)
);
CREATE INDEX throttles_forget_at ON throttles (forget_at);
