-- What a set of backup codes was hashed with (Argon2id: cost and the set's own salt; platform/password_hasher). None: the
-- set is older, and under the keyed hash alone until the person makes a new one.
ALTER TABLE backup_codes
  ADD COLUMN recipe TEXT;  -- sensitive: no
