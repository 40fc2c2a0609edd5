-- How often a limit was used up before, where each time makes the next window longer.
ALTER TABLE throttles
  ADD COLUMN rounds INTEGER NOT NULL DEFAULT 0;  -- sensitive: no
