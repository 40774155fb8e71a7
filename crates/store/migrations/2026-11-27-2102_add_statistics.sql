-- Statistics: each turn leaves its facts in its own commit; a follower adds them up and takes them away in one batch, so
-- that none is lost or counted twice. Old code can run beside it; turns that it commits are not counted.
-- A slot is half an hour of UTC, so that days of every zone with whole or half hours can be put together from slots.

CREATE TABLE turn_facts (
  turn_id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  bot_id BYTES NOT NULL,
  end_user_id BYTES NOT NULL,
  conversation_id BYTES NOT NULL,
  platform TEXT NOT NULL,
  user_key TEXT NOT NULL,
  channel TEXT NOT NULL,
  at BIGINT NOT NULL,
  took_us BIGINT NOT NULL,
  is_new BIGINT NOT NULL,
  user_messages BIGINT NOT NULL,
  bot_messages BIGINT NOT NULL,
  unanswered BIGINT NOT NULL,
  said TEXT,
  fault TEXT,
  cuts TEXT,
  -- The nodes that asked the world or failed, as JSON.
  nodes TEXT
) CLUSTERED;

-- One row: whoever adds up moves it on, and of two only one can.
CREATE TABLE stat_follower (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL
);
INSERT INTO stat_follower (id, version) VALUES (1, 0);

CREATE TABLE stat_slots (
  bot_id BYTES NOT NULL,
  slot BIGINT NOT NULL,
  channel TEXT NOT NULL,
  workspace_id BYTES NOT NULL,
  turns BIGINT NOT NULL,
  user_messages BIGINT NOT NULL,
  bot_messages BIGINT NOT NULL,
  faults BIGINT NOT NULL,
  unanswered BIGINT NOT NULL,
  slow BIGINT NOT NULL,
  cuts BIGINT NOT NULL,
  took_us BIGINT NOT NULL,
  slowest_us BIGINT NOT NULL,
  PRIMARY KEY (bot_id, slot, channel)
) CLUSTERED;

-- Who was there: numbers of people over any period. Of the ids of end user and conversation 63 bits of chance stand here
-- as numbers: enough to tell millions apart, quicker to count, and no way back to a person once their row is gone.
CREATE TABLE stat_people (
  bot_id BYTES NOT NULL,
  slot BIGINT NOT NULL,
  channel TEXT NOT NULL,
  person BIGINT NOT NULL,
  talk BIGINT NOT NULL,
  -- Their very first turn was in this slot.
  is_new BIGINT NOT NULL,
  PRIMARY KEY (bot_id, slot, channel, person, talk)
) CLUSTERED;

-- Nodes that asked the world or failed.
CREATE TABLE stat_nodes (
  bot_id BYTES NOT NULL,
  slot BIGINT NOT NULL,
  flow BIGINT NOT NULL,
  node BIGINT NOT NULL,
  kind TEXT NOT NULL,
  times BIGINT NOT NULL,
  waited_ms BIGINT NOT NULL,
  slowest_ms BIGINT NOT NULL,
  failed BIGINT NOT NULL,
  PRIMARY KEY (bot_id, slot, flow, node, kind)
) CLUSTERED;

-- Turns worth a look, with what they are grouped by: 'fault' (its sentence), 'unanswered' (what was said), 'slow', 'cut'
-- (what was lost in shaping).
CREATE TABLE turn_marks (
  bot_id BYTES NOT NULL,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  turn_id BYTES NOT NULL,
  workspace_id BYTES NOT NULL,
  end_user_id BYTES NOT NULL,
  channel TEXT NOT NULL,
  said TEXT NOT NULL,
  took_us BIGINT NOT NULL,
  PRIMARY KEY (bot_id, kind, at, turn_id)
) CLUSTERED;

-- One row per end user: the list of conversations, newest first.
CREATE TABLE threads (
  end_user_id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  bot_id BYTES NOT NULL,
  platform TEXT NOT NULL,
  user_key TEXT NOT NULL,
  channel TEXT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  said TEXT NOT NULL,
  turns BIGINT NOT NULL,
  messages BIGINT NOT NULL,
  faults BIGINT NOT NULL
);
CREATE INDEX threads_by_bot ON threads (bot_id, last_at, end_user_id);
CREATE INDEX threads_by_key ON threads (bot_id, user_key);

-- What happened before, as far as it can be told without reading traces.
INSERT INTO turn_facts (turn_id, workspace_id, bot_id, end_user_id, conversation_id, platform, user_key, channel, at, took_us, is_new,
    user_messages, bot_messages, unanswered, said, fault)
  SELECT t.id, t.workspace_id, t.bot_id, t.end_user_id, t.conversation_id,
    u.platform, u.user_key, CASE WHEN t.mode = 'development' THEN u.platform || '-development' ELSE u.platform END,
    t.started_at, t.took_us, CASE WHEN u.created_at = t.started_at THEN 1 ELSE 0 END,
    COALESCE(m.by_user, 0), COALESCE(m.by_bot, 0), 0, NULL, t.fault
  FROM turns t
  JOIN end_users u ON u.id = t.end_user_id AND u.draft = 0
  LEFT JOIN (SELECT turn_id, CAST(sum(is_user) AS BIGINT) AS by_user, CAST(sum(1 - is_user) AS BIGINT) AS by_bot
    FROM messages GROUP BY turn_id) m ON m.turn_id = t.id;
