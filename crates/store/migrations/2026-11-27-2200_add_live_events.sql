-- What consoles see happen, numbered per workspace without gaps: a client names the last number it has and gets what came
-- after it. The counter's row is held until the commit, so numbers become visible in their order. Old code runs beside it.

CREATE TABLE live_counters (
  workspace_id BYTES NOT NULL PRIMARY KEY,
  last BIGINT NOT NULL
) CLUSTERED;

-- What was said stands in `messages` alone: an event names it.
CREATE TABLE live_events (
  workspace_id BYTES NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  end_user_id BYTES,
  message_seq BIGINT,
  data TEXT NOT NULL,
  PRIMARY KEY (workspace_id, seq)
) CLUSTERED;
CREATE INDEX live_events_by_time ON live_events (at);
