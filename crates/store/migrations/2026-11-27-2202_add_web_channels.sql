-- The web chat of each bot that has one. `secret` signs what browsers hold and what sites say about their users. Old code
-- runs beside it.
CREATE TABLE web_channels (
  bot_id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  enabled BIGINT NOT NULL,
  settings TEXT NOT NULL,
  secret BYTES NOT NULL,
  updated_at BIGINT NOT NULL
);
