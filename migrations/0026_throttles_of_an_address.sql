-- Whose tries a row counts, where its key names more than them (an address and a network): for the office's and the
-- operator's unlocking, which knows the address alone. A keyed hash, as the key is.
ALTER TABLE throttles
  ADD COLUMN belongs_to BYTES;  -- sensitive: yes
CREATE INDEX throttles_belongs_to ON throttles (belongs_to) WHERE belongs_to IS NOT NULL;
