-- Getting back in: changes that wait a day, the owner's own lock, recoveries and changes of address under way.

-- "This wasn't me": no session lives until the owner has got back in. The operator's lock is accounts.state.
ALTER TABLE accounts
  ADD COLUMN owner_locked_at INTEGER;           -- sensitive: no

-- A change that takes effect after a day unless somebody cancels it; at most one open of a kind.
CREATE TABLE account_waits (
  id ID PRIMARY KEY,                            -- sensitive: no
  account ID NOT NULL REFERENCES accounts (id), -- sensitive: no
  kind TEXT NOT NULL CHECK (kind IN ('second_factor_reset', 'password_reset', 'email_change')),  -- sensitive: no
  content_sealed BYTES NOT NULL,                -- sensitive: yes
  cancel_code_hash BYTES NOT NULL,              -- sensitive: yes
  reminder_code_hash BYTES,                     -- sensitive: yes
  started_at INTEGER NOT NULL,                  -- sensitive: no
  ripe_at INTEGER NOT NULL,                     -- sensitive: no
  lapses_at INTEGER NOT NULL,                   -- sensitive: no
  reminded_at INTEGER,                          -- sensitive: no
  cancelled_at INTEGER,                         -- sensitive: no
  finished_at INTEGER                           -- sensitive: no
);
CREATE UNIQUE INDEX account_waits_open ON account_waits (account, kind)
  WHERE cancelled_at IS NULL AND finished_at IS NULL;
CREATE INDEX account_waits_ripe_at ON account_waits (ripe_at);
CREATE INDEX account_waits_lapses_at ON account_waits (lapses_at);

-- Somebody on the way back in, named by a cookie; without an account where the address has none.
CREATE TABLE recoveries (
  id ID PRIMARY KEY,                            -- sensitive: no
  token_hash BYTES NOT NULL UNIQUE,             -- sensitive: yes
  purpose TEXT NOT NULL CHECK (purpose IN ('password', 'second_factor')),  -- sensitive: no
  email_sealed BYTES NOT NULL,                  -- sensitive: yes
  account ID REFERENCES accounts (id),          -- sensitive: no
  code_hash BYTES,                              -- sensitive: yes
  code_expires_at INTEGER,                      -- sensitive: no
  email_proved_at INTEGER,                      -- sensitive: no
  factor TEXT,                                  -- sensitive: no
  phone ID,                                     -- sensitive: no
  phone_code_hash BYTES,                        -- sensitive: yes
  phone_code_expires_at INTEGER,                -- sensitive: no
  password_proved_at INTEGER,                   -- sensitive: no
  draft_sealed BYTES NOT NULL,                  -- sensitive: yes
  revision INTEGER NOT NULL,                    -- sensitive: no
  created_at INTEGER NOT NULL,                  -- sensitive: no
  expires_at INTEGER NOT NULL                   -- sensitive: no
);
CREATE INDEX recoveries_account ON recoveries (account);
CREATE INDEX recoveries_expires_at ON recoveries (expires_at);

-- Somebody who lost every second factor asks the office to vouch for them; two of its people have to.
CREATE TABLE factor_reset_requests (
  id ID PRIMARY KEY,                            -- sensitive: no
  account ID NOT NULL REFERENCES accounts (id), -- sensitive: no
  requested_at INTEGER NOT NULL,                -- sensitive: no
  expires_at INTEGER NOT NULL,                  -- sensitive: no
  first_operator TEXT,                          -- sensitive: no
  closed_at INTEGER                             -- sensitive: no
);
CREATE UNIQUE INDEX factor_reset_requests_open ON factor_reset_requests (account) WHERE closed_at IS NULL;

-- A new address that is being proved, one an account.
CREATE TABLE email_changes (
  id ID PRIMARY KEY,                            -- sensitive: no
  account ID NOT NULL UNIQUE REFERENCES accounts (id), -- sensitive: no
  email_sealed BYTES NOT NULL,                  -- sensitive: yes
  code_hash BYTES NOT NULL,                     -- sensitive: yes
  code_expires_at INTEGER NOT NULL,             -- sensitive: no
  proved_at INTEGER,                            -- sensitive: no
  old_code_hash BYTES NOT NULL,                 -- sensitive: yes
  old_code_expires_at INTEGER NOT NULL,         -- sensitive: no
  revision INTEGER NOT NULL,                    -- sensitive: no
  created_at INTEGER NOT NULL,                  -- sensitive: no
  expires_at INTEGER NOT NULL                   -- sensitive: no
);
CREATE INDEX email_changes_expires_at ON email_changes (expires_at);
