-- A record whose form, stage or place the catalogue does not know is kept until it does: why, or null for one that
-- only waits for the records before it.
ALTER TABLE feed_held ADD COLUMN reason TEXT;  -- sensitive: no
