-- The help centre and what people ask of us without signing in.

-- Somebody who is proving an address before they ask, named by a cookie.
CREATE TABLE help_askings (
  id ID PRIMARY KEY,                            -- sensitive: no
  token_hash BYTES NOT NULL UNIQUE,             -- sensitive: yes
  email_sealed BYTES NOT NULL,                  -- sensitive: yes
  code_hash BYTES,                              -- sensitive: yes
  code_expires_at INTEGER,                      -- sensitive: no
  email_proved_at INTEGER,                      -- sensitive: no
  revision INTEGER NOT NULL,                    -- sensitive: no
  created_at INTEGER NOT NULL,                  -- sensitive: no
  expires_at INTEGER NOT NULL                   -- sensitive: no
);
CREATE INDEX help_askings_expires_at ON help_askings (expires_at);

-- What was asked from a proved address; whether it has an account is nobody's question here.
CREATE TABLE help_requests (
  id ID PRIMARY KEY,                            -- sensitive: no
  reference TEXT NOT NULL UNIQUE,               -- sensitive: no
  content_sealed BYTES NOT NULL,                -- sensitive: yes
  topic TEXT NOT NULL,                          -- sensitive: no
  language TEXT NOT NULL,                       -- sensitive: no
  state TEXT NOT NULL CHECK (state IN ('open', 'taken', 'answered', 'closed')),  -- sensitive: no
  asked_at INTEGER NOT NULL,                    -- sensitive: no
  officer ID,                                   -- sensitive: no
  taken_at INTEGER,                             -- sensitive: no
  reply_sealed BYTES,                           -- sensitive: yes
  answered_at INTEGER,                          -- sensitive: no
  closed_at INTEGER                             -- sensitive: no
);
CREATE INDEX help_requests_waiting ON help_requests (state, asked_at);

-- Somebody wants to be called. The number is not proved.
CREATE TABLE callback_requests (
  id ID PRIMARY KEY,                            -- sensitive: no
  reference TEXT NOT NULL UNIQUE,               -- sensitive: no
  content_sealed BYTES NOT NULL,                -- sensitive: yes
  topic TEXT NOT NULL,                          -- sensitive: no
  language TEXT NOT NULL,                       -- sensitive: no
  wanted_from INTEGER,                          -- sensitive: no
  wanted_until INTEGER,                         -- sensitive: no
  state TEXT NOT NULL CHECK (state IN ('open', 'taken', 'closed')),  -- sensitive: no
  asked_at INTEGER NOT NULL,                    -- sensitive: no
  officer ID,                                   -- sensitive: no
  taken_at INTEGER,                             -- sensitive: no
  outcome TEXT CHECK (outcome IN ('reached', 'not_reached', 'wrong_number')),  -- sensitive: no
  closed_at INTEGER                             -- sensitive: no
);
CREATE INDEX callback_requests_waiting ON callback_requests (state, asked_at);

-- "Was this useful?", by article, language and day of the agency; nobody's name, and no text.
CREATE TABLE help_votes (
  article TEXT NOT NULL,                        -- sensitive: no
  language TEXT NOT NULL,                       -- sensitive: no
  day TEXT NOT NULL,                            -- sensitive: no
  useful INTEGER NOT NULL,                      -- sensitive: no
  not_useful INTEGER NOT NULL,                  -- sensitive: no
  PRIMARY KEY (article, language, day)
);
