-- To which address each party is invited to connect their case: noted by the unit that takes the party in, settled by the
-- server's upkeep once the records that came with it are in as well. One mail for both, whatever the feed says again.
CREATE TABLE party_invitations (
  party_id ID NOT NULL REFERENCES parties (id), -- sensitive: no
  email_index BYTES NOT NULL,                   -- sensitive: yes
  noted_at INTEGER NOT NULL,                    -- sensitive: no
  settled_at INTEGER,                           -- sensitive: no
  was_mailed BOOL NOT NULL,                     -- sensitive: no
  PRIMARY KEY (party_id, email_index)
);
CREATE INDEX party_invitations_waiting ON party_invitations (noted_at) WHERE settled_at IS NULL;
CREATE INDEX party_invitations_mailed ON party_invitations (email_index, settled_at) WHERE was_mailed;
