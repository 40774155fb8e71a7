-- How a workspace's records are counted and how long they are kept. Without a row the defaults hold. Old code can run
-- beside it: it throws nothing away.

CREATE TABLE record_settings (
  workspace_id BYTES NOT NULL PRIMARY KEY,
  zone TEXT NOT NULL,
  -- Days; null for as long as the workspace exists.
  messages_days BIGINT,
  traces_days BIGINT NOT NULL,
  requests_days BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
