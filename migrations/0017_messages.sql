-- What people and the office write to each other. A thread belongs to the account that began it: another party of the
-- same case does not see it.

CREATE TABLE threads (
  id ID PRIMARY KEY,                            -- sensitive: no
  account ID NOT NULL REFERENCES accounts (id), -- sensitive: no
  case_id ID REFERENCES cases (id),             -- sensitive: no
  topic TEXT NOT NULL,                          -- sensitive: no
  language TEXT NOT NULL,                       -- sensitive: no
  subject_sealed BYTES NOT NULL,                -- sensitive: yes
  state TEXT NOT NULL CHECK (state IN ('waiting_for_office', 'waiting_for_person', 'closed')),  -- sensitive: no
  assigned ID,                                  -- sensitive: no
  version INTEGER NOT NULL,                     -- sensitive: no
  created_at INTEGER NOT NULL,                  -- sensitive: no
  last_at INTEGER NOT NULL,                     -- sensitive: no
  waits_since INTEGER,                          -- sensitive: no
  office_wrote_at INTEGER,                      -- sensitive: no
  person_read_at INTEGER,                       -- sensitive: no
  closed_at INTEGER                             -- sensitive: no
);
CREATE INDEX threads_account ON threads (account, last_at);
CREATE INDEX threads_waiting ON threads (waits_since, id) WHERE state = 'waiting_for_office';
CREATE INDEX threads_others ON threads (state, last_at, id) WHERE state <> 'waiting_for_office';
CREATE INDEX threads_closed ON threads (closed_at) WHERE state = 'closed';

-- A form that is sent twice writes once: it carries a nonce.
CREATE TABLE messages (
  id ID PRIMARY KEY,                            -- sensitive: no
  thread ID NOT NULL REFERENCES threads (id),   -- sensitive: no
  officer ID,                                   -- sensitive: no
  role TEXT,                                    -- sensitive: no
  unit TEXT,                                    -- sensitive: no
  text_sealed BYTES NOT NULL,                   -- sensitive: yes
  nonce_hash BYTES NOT NULL UNIQUE,             -- sensitive: no
  at INTEGER NOT NULL                           -- sensitive: no
);
CREATE INDEX messages_thread ON messages (thread, id);

-- Answers that officers give again and again, in the languages of the interface.
CREATE TABLE saved_replies (
  id ID PRIMARY KEY,                            -- sensitive: no
  title TEXT NOT NULL,                          -- sensitive: no
  text_en TEXT NOT NULL,                        -- sensitive: no
  text_es TEXT NOT NULL,                        -- sensitive: no
  created_at INTEGER NOT NULL,                  -- sensitive: no
  retired_at INTEGER                            -- sensitive: no
);
