-- Passkeys and security keys (WebAuthn).

-- A credential is looked up by the keyed hash of its id; the id itself is needed to name it to browsers. What is
-- switched off proves nothing any more: a copy of it was seen.
CREATE TABLE passkeys (
  id ID PRIMARY KEY,                            -- sensitive: no
  account ID NOT NULL REFERENCES accounts (id), -- sensitive: no
  name TEXT NOT NULL,                           -- sensitive: no
  credential_index BYTES NOT NULL UNIQUE,       -- sensitive: yes
  credential_id_sealed BYTES NOT NULL,          -- sensitive: yes
  public_key BYTES NOT NULL,                    -- sensitive: no
  sign_count INTEGER NOT NULL,                  -- sensitive: no
  is_backup_eligible BOOL NOT NULL,             -- sensitive: no
  is_backed_up BOOL NOT NULL,                   -- sensitive: no
  transports TEXT NOT NULL,                     -- sensitive: no
  aaguid BYTES NOT NULL,                        -- sensitive: no
  created_at INTEGER NOT NULL,                  -- sensitive: no
  used_at INTEGER,                              -- sensitive: no
  switched_off_at INTEGER                       -- sensitive: no
);
CREATE INDEX passkeys_account ON passkeys (account);

-- The random name under which authenticators keep an account: it tells nothing of the account's id or address.
CREATE TABLE passkey_handles (
  account ID PRIMARY KEY REFERENCES accounts (id), -- sensitive: no
  handle BYTES NOT NULL UNIQUE                     -- sensitive: no
);

-- Challenges that were answered, until they lapse: each is good once. Those that nobody answers leave no row.
CREATE TABLE passkey_challenges (
  challenge_hash BYTES PRIMARY KEY,             -- sensitive: yes
  lapses_at INTEGER NOT NULL                    -- sensitive: no
);
CREATE INDEX passkey_challenges_lapses_at ON passkey_challenges (lapses_at);
