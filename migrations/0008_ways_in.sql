-- What an account can prove itself with, as a whole: who takes one away or adds one holds the account's row here. And
-- what is being set up or sent just now.

CREATE TABLE ways_in (
  account ID PRIMARY KEY REFERENCES accounts (id),  -- sensitive: no
  revision INTEGER NOT NULL,                        -- sensitive: no
  urging_put_off_at INTEGER                         -- sensitive: no
);

ALTER TABLE totp_factors
  ADD COLUMN last_used_at INTEGER;                  -- sensitive: no

-- An app, backup codes or a phone being set up: only in the session that began it, and not for long.
CREATE TABLE pending_factors (
  id ID PRIMARY KEY,                                -- sensitive: no
  account ID NOT NULL REFERENCES accounts (id),     -- sensitive: no
  session ID NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,  -- sensitive: no
  kind TEXT NOT NULL CHECK (kind IN ('app', 'backup_codes', 'phone')),  -- sensitive: no
  content_sealed BYTES NOT NULL,                    -- sensitive: yes
  expires_at INTEGER NOT NULL,                      -- sensitive: no
  UNIQUE (session, kind)
);
CREATE INDEX pending_factors_account ON pending_factors (account);
CREATE INDEX pending_factors_expires_at ON pending_factors (expires_at);

-- The texted or spoken code that a half session waits for: the last one that was sent, good once.
CREATE TABLE sign_in_codes (
  session ID PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,  -- sensitive: no
  account ID NOT NULL REFERENCES accounts (id),     -- sensitive: no
  phone ID NOT NULL,                                -- sensitive: no
  code_hash BYTES NOT NULL,                         -- sensitive: yes
  expires_at INTEGER NOT NULL,                      -- sensitive: no
  used_at INTEGER                                   -- sensitive: no
);
CREATE INDEX sign_in_codes_account ON sign_in_codes (account);
CREATE INDEX sign_in_codes_expires_at ON sign_in_codes (expires_at);
