-- What lets a person check that a message is ours: the references that left, and the person's own phrase in our mails.

-- No content, and no address: a row is found only by who has both the reference and the address (or number) it went to.
CREATE TABLE sent_messages (
  id ID PRIMARY KEY,                            -- sensitive: no
  reference_hash BYTES NOT NULL,                -- sensitive: yes
  receiver_hash BYTES NOT NULL,                 -- sensitive: yes
  kind TEXT NOT NULL,                           -- sensitive: no
  is_mail BOOL NOT NULL,                        -- sensitive: no
  sent_at INTEGER NOT NULL                      -- sensitive: no
);
CREATE INDEX sent_messages_reference ON sent_messages (reference_hash, receiver_hash);
CREATE INDEX sent_messages_sent_at ON sent_messages (sent_at);

ALTER TABLE accounts
  ADD COLUMN phrase_sealed BYTES;               -- sensitive: yes
