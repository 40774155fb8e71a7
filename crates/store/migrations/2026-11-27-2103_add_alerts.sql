-- Alerts: when a bot's owner wants to be told, what was told, and who has seen it. Old code can run beside it.

CREATE TABLE alert_rules (
  bot_id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  -- The thresholds and where to tell, as JSON.
  rules TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE alerts (
  workspace_id BYTES NOT NULL,
  id BYTES NOT NULL,
  bot_id BYTES NOT NULL,
  -- 'errors', 'slow', 'cuts' or 'silent'.
  kind TEXT NOT NULL,
  amount BIGINT NOT NULL,
  threshold BIGINT NOT NULL,
  minutes BIGINT NOT NULL,
  -- When things were well again; null while they are not.
  ended_at BIGINT,
  -- What is still to be told outside: 0 nothing, else when it is tried next.
  tell_at BIGINT NOT NULL,
  -- What became of it, as JSON.
  told TEXT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) CLUSTERED;
-- A bot has one open alert of a kind, whoever of several processes finds it first.
CREATE UNIQUE INDEX alerts_open ON alerts (bot_id, kind) WHERE ended_at IS NULL;
CREATE INDEX alerts_to_tell ON alerts (tell_at) WHERE tell_at > 0;

CREATE TABLE alert_reads (
  workspace_id BYTES NOT NULL,
  account_id BYTES NOT NULL,
  up_to BYTES NOT NULL,
  PRIMARY KEY (workspace_id, account_id)
) CLUSTERED;
