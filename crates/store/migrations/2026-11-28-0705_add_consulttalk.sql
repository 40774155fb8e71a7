-- ConsultationTalk (상담톡): the channel of a bot, what its relay has told and is not yet taken up, and what is on its way to
-- customers. Old code runs beside it; it neither hears nor sends there.

-- What is known of a customer's room at the messenger, as JSON; null on channels that have no such thing.
ALTER TABLE chats ADD COLUMN room TEXT;

CREATE TABLE consult_channels (
  bot_id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  enabled BIGINT NOT NULL,
  relay TEXT NOT NULL,
  sender_key TEXT NOT NULL,
  -- All else that is no secret, as JSON. Secrets stand in the vault.
  settings TEXT NOT NULL,
  -- The secret part of the address that the relay calls.
  door TEXT NOT NULL,
  -- When the relay last called, and with what; null before it did.
  heard_at BIGINT,
  heard TEXT NOT NULL,
  -- When a call of ours last went well; null before one did.
  called_at BIGINT,
  -- What went wrong with the last one, as JSON; null where nothing did.
  trouble TEXT,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX consult_channels_by_door ON consult_channels (door);

-- What relays have told: it is answered when it stands here, and taken away when it is taken up.
CREATE TABLE consult_hooks (
  id BYTES NOT NULL PRIMARY KEY,
  bot_id BYTES NOT NULL,
  -- The customer: hooks of one are taken up one after the other.
  user_key TEXT NOT NULL,
  hook TEXT NOT NULL,
  headers TEXT NOT NULL,
  body BYTES NOT NULL,
  -- Which run of a server works on it; others may from `next_at` on.
  owner_id BYTES NOT NULL,
  tries BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  why TEXT
);
CREATE INDEX consult_hooks_by_user ON consult_hooks (bot_id, user_key, id);
CREATE INDEX consult_hooks_due ON consult_hooks (next_at, id);

-- What goes to customers through a relay, one call each, in the order of ids per customer.
CREATE TABLE consult_outbox (
  id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  bot_id BYTES NOT NULL,
  end_user_id BYTES NOT NULL,
  -- 'send', 'end', 'end-with-bot', 'block' or 'unblock'.
  work TEXT NOT NULL,
  -- The message of the thread and which part of it; -1 where it is none.
  seq BIGINT NOT NULL,
  part BIGINT NOT NULL,
  -- The bubble as JSON, or the event of the other bot.
  data TEXT NOT NULL,
  -- An answer of the system: no agent said it, and it costs nothing.
  system BIGINT NOT NULL,
  -- 'waiting', 'sending', 'pending' (the relay tells later), 'sent', 'failed'.
  state TEXT NOT NULL,
  owner_id BYTES,
  -- What the relay calls it.
  relay_key TEXT,
  tries BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  -- Why it failed, as JSON.
  why TEXT,
  sent_at BIGINT
);
CREATE INDEX consult_outbox_by_end_user ON consult_outbox (end_user_id, id);
CREATE INDEX consult_outbox_by_message ON consult_outbox (end_user_id, seq, part);
CREATE INDEX consult_outbox_due ON consult_outbox (next_at, id) WHERE state = 'waiting' OR state = 'sending';
CREATE INDEX consult_outbox_by_key ON consult_outbox (bot_id, relay_key) WHERE relay_key IS NOT NULL;
CREATE INDEX consult_outbox_by_time ON consult_outbox (bot_id, sent_at) WHERE sent_at IS NOT NULL;
