-- When an account was closed by its owner, and when what was left of it was erased.

ALTER TABLE accounts
  ADD COLUMN closed_at INTEGER;  -- sensitive: no
ALTER TABLE accounts
  ADD COLUMN erased_at INTEGER;  -- sensitive: no
CREATE INDEX accounts_to_erase ON accounts (closed_at) WHERE closed_at IS NOT NULL AND erased_at IS NULL;
