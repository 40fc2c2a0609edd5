-- The devices that an account signed in on, its phones, the links that were mailed to it, and more about its sessions.

-- A browser as one account knows it. Its token lies in a cookie; several accounts may use one browser.
CREATE TABLE devices (
  id ID PRIMARY KEY,                            -- sensitive: no
  account ID NOT NULL REFERENCES accounts (id), -- sensitive: no
  token_hash BYTES NOT NULL,                    -- sensitive: yes
  browser TEXT NOT NULL,                        -- sensitive: no
  system TEXT NOT NULL,                         -- sensitive: no
  first_seen_at INTEGER NOT NULL,               -- sensitive: no
  signed_in_at INTEGER NOT NULL,                -- sensitive: no
  remembered_until INTEGER,                     -- sensitive: no
  forgotten_at INTEGER,                         -- sensitive: no
  UNIQUE (account, token_hash)
);

CREATE TABLE phones (
  id ID PRIMARY KEY,                            -- sensitive: no
  account ID NOT NULL REFERENCES accounts (id), -- sensitive: no
  number_sealed BYTES NOT NULL,                 -- sensitive: yes
  number_index BYTES NOT NULL,                  -- sensitive: yes
  proved_at INTEGER NOT NULL,                   -- sensitive: no
  is_second_factor BOOL NOT NULL,               -- sensitive: no
  is_spoken_to BOOL NOT NULL,                   -- sensitive: no
  UNIQUE (account, number_index)
);

-- A mailed link opens a page that asks; only that page's POST acts, once.
CREATE TABLE mail_links (
  id ID PRIMARY KEY,                            -- sensitive: no
  token_hash BYTES NOT NULL UNIQUE,             -- sensitive: yes
  account ID NOT NULL REFERENCES accounts (id), -- sensitive: no
  purpose TEXT NOT NULL,                        -- sensitive: no
  subject ID,                                   -- sensitive: no
  created_at INTEGER NOT NULL,                  -- sensitive: no
  expires_at INTEGER NOT NULL,                  -- sensitive: no
  used_at INTEGER                               -- sensitive: no
);
CREATE INDEX mail_links_account ON mail_links (account);
CREATE INDEX mail_links_expires_at ON mail_links (expires_at);

-- What a session was begun with, and on what: "totp", "passkey" …; "Firefox" on "Android".
ALTER TABLE sessions
  ADD COLUMN method TEXT NOT NULL DEFAULT '';   -- sensitive: no
ALTER TABLE sessions
  ADD COLUMN device ID;                         -- sensitive: no
ALTER TABLE sessions
  ADD COLUMN browser TEXT NOT NULL DEFAULT '';  -- sensitive: no
ALTER TABLE sessions
  ADD COLUMN system TEXT NOT NULL DEFAULT '';   -- sensitive: no
ALTER TABLE sessions
  ADD COLUMN network TEXT NOT NULL DEFAULT '';  -- sensitive: no
