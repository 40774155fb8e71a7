-- Where a bot's business is told what becomes of its consultations, and each try to tell it. What is to be told stands in
-- `live_events`; a webhook knows up to where it was. Old code can run beside it: it tells nobody.

CREATE TABLE webhooks (
  id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  bot_id BYTES NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  enabled BIGINT NOT NULL,
  -- The events that are wanted, as JSON.
  events TEXT NOT NULL,
  -- What deliveries are signed with, as JSON.
  signing TEXT NOT NULL,
  -- The last event that was told or not wanted.
  after_seq BIGINT NOT NULL,
  -- Failed tries of what is to be told now, and when the next one is due.
  tries BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  -- Why it was switched off by itself.
  why TEXT,
  created_at BIGINT NOT NULL
);
CREATE INDEX webhooks_by_bot ON webhooks (bot_id, id);

CREATE TABLE webhook_tries (
  webhook_id BYTES NOT NULL,
  id BYTES NOT NULL,
  -- How many events, from which number to which.
  events BIGINT NOT NULL,
  first_seq BIGINT NOT NULL,
  last_seq BIGINT NOT NULL,
  -- Null where it was taken.
  error TEXT,
  took_ms BIGINT NOT NULL,
  PRIMARY KEY (webhook_id, id)
) CLUSTERED;
