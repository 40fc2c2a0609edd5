-- Firms: representatives and their people, who share clients.
CREATE TABLE firms (
  id ID PRIMARY KEY,               -- sensitive: no
  name_sealed BYTES NOT NULL,      -- sensitive: yes
  opened_at INTEGER NOT NULL,      -- sensitive: no
  changes INTEGER NOT NULL,        -- sensitive: no
  closed_at INTEGER                -- sensitive: no
);

-- One row an invitation: it waits for its address's owner, is taken, and ends. The founder's has no address.
CREATE TABLE firm_members (
  id ID PRIMARY KEY,                          -- sensitive: no
  firm_id ID NOT NULL REFERENCES firms (id),  -- sensitive: no
  email_sealed BYTES,                         -- sensitive: yes
  email_index BYTES,                          -- sensitive: yes
  account ID,                                 -- sensitive: no
  standing TEXT NOT NULL CHECK (standing IN ('owner', 'member', 'read_only')),  -- sensitive: no
  invited_by ID,                              -- sensitive: no
  invited_at INTEGER NOT NULL,                -- sensitive: no
  lapses_at INTEGER NOT NULL,                 -- sensitive: no
  joined_at INTEGER,                          -- sensitive: no
  ended_at INTEGER                            -- sensitive: no
);
CREATE INDEX firm_members_firm ON firm_members (firm_id, id);
CREATE INDEX firm_members_waiting ON firm_members (email_index) WHERE joined_at IS NULL AND ended_at IS NULL;
-- An account is in one firm at a time.
CREATE UNIQUE INDEX firm_members_account ON firm_members (account) WHERE joined_at IS NOT NULL AND ended_at IS NULL;

-- The firm whose members see this client's case as well: the representative's choice, which the client is told.
ALTER TABLE representations ADD COLUMN firm_id ID REFERENCES firms (id);  -- sensitive: no
CREATE INDEX representations_firm ON representations (firm_id, id) WHERE firm_id IS NOT NULL AND ended_at IS NULL;
