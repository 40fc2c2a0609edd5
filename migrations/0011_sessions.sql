-- Where a session was begun, notices that are told together, and what was typed when a session ended.

ALTER TABLE sessions
  ADD COLUMN place_sealed BYTES;                -- sensitive: yes

-- The moment of the first notice of several that belong together.
ALTER TABLE outbox
  ADD COLUMN group_started_at INTEGER;          -- sensitive: no
CREATE INDEX outbox_groups ON outbox (account, group_started_at) WHERE group_started_at IS NOT NULL;

-- One a page and account, for half an hour. The page's address may hold a receipt number.
CREATE TABLE form_drafts (
  id ID PRIMARY KEY,                            -- sensitive: no
  account ID NOT NULL,                          -- sensitive: no
  page_index BYTES NOT NULL,                    -- sensitive: yes
  fields_sealed BYTES NOT NULL,                 -- sensitive: yes
  created_at INTEGER NOT NULL,                  -- sensitive: no
  expires_at INTEGER NOT NULL,                  -- sensitive: no
  UNIQUE (account, page_index)
);
CREATE INDEX form_drafts_expires_at ON form_drafts (expires_at);
