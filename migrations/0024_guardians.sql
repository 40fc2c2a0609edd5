-- Parents and guardians, who act in the place of a child by the agency's word. Of a party who is under 14: the day they
-- will not be any more ("2031-05-02"), which ends their guardians' parts.
ALTER TABLE parties ADD COLUMN under_14_until_sealed BYTES;                 -- sensitive: yes
ALTER TABLE parties ADD COLUMN guardian_of ID REFERENCES parties (id);      -- sensitive: no
CREATE INDEX parties_guardians ON parties (guardian_of) WHERE guardian_of IS NOT NULL;
