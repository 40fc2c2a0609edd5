-- What must be told to somebody, and who did what: both written in the transaction that made it true.

CREATE TABLE outbox (
  id            ID PRIMARY KEY,              -- sensitive: no
  kind          TEXT NOT NULL,               -- sensitive: no
  account       ID,                          -- sensitive: no
  content_sealed BYTES,                      -- sensitive: yes
  state         TEXT NOT NULL,               -- sensitive: no
  attempts      INTEGER NOT NULL,            -- sensitive: no
  created_at    INTEGER NOT NULL,            -- sensitive: no
  due_at        INTEGER NOT NULL,            -- sensitive: no
  useless_after INTEGER,                     -- sensitive: no
  finished_at   INTEGER,                     -- sensitive: no
  CHECK (state IN ('waiting', 'delivered', 'useless', 'dead'))
);
CREATE INDEX outbox_waiting ON outbox (due_at, id) WHERE state = 'waiting';
CREATE INDEX outbox_dead ON outbox (id) WHERE state = 'dead';

CREATE TABLE audit (
  id         ID PRIMARY KEY,                 -- sensitive: no
  at         INTEGER NOT NULL,               -- sensitive: no
  event      TEXT NOT NULL,                  -- sensitive: no
  account    ID,                             -- sensitive: no
  on_case    ID,                             -- sensitive: no
  actor      TEXT NOT NULL,                  -- sensitive: no
  detail     TEXT NOT NULL,                  -- sensitive: no
  network    TEXT NOT NULL                   -- sensitive: no
);
CREATE INDEX audit_account ON audit (account, at, id);
CREATE INDEX audit_case ON audit (on_case, at, id);
