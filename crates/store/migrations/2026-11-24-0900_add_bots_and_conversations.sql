-- The first schema. Old code cannot run beside it: there is none.
-- BYTES is a BLOB or BYTEA; CLUSTERED tables are stored in the order of their key where the database can (dialect.rs).
-- Times are milliseconds UTC, truth values 0 and 1, JSON is TEXT.

CREATE TABLE workspaces (
  id BYTES NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  -- 1 for the workspace of a server that has not been given others; null for all others.
  is_default BIGINT UNIQUE,
  created_at BIGINT NOT NULL
);

CREATE TABLE bots (
  id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  draft TEXT NOT NULL,
  draft_revision BIGINT NOT NULL,
  live_version BIGINT,
  last_version BIGINT NOT NULL,
  kakao_enabled BIGINT NOT NULL,
  kakao_header_name TEXT,
  kakao_header_hash BYTES,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);
CREATE INDEX bots_by_workspace ON bots (workspace_id, id);

-- Published versions never change.
CREATE TABLE bot_versions (
  bot_id BYTES NOT NULL,
  number BIGINT NOT NULL,
  workspace_id BYTES NOT NULL,
  file TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (bot_id, number)
) CLUSTERED;

-- A person on a channel of a bot. What the draft is tried with is apart from what customers do.
CREATE TABLE end_users (
  bot_id BYTES NOT NULL,
  platform TEXT NOT NULL,
  draft BIGINT NOT NULL,
  user_key TEXT NOT NULL,
  id BYTES NOT NULL,
  workspace_id BYTES NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (bot_id, platform, draft, user_key)
) CLUSTERED;

-- The state of an end user's conversation: one row, changed by each turn, guarded by its version. Not clustered, as
-- turns below: rows of a kilobyte and more would spill out of a clustered table's pages.
CREATE TABLE sessions (
  end_user_id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  bot_id BYTES NOT NULL,
  conversation_id BYTES NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL,
  recent TEXT NOT NULL,
  message_count BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

-- Time-ordered ids: turns are only ever appended, and a bot's turns are read in the order of time.
CREATE TABLE turns (
  id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  bot_id BYTES NOT NULL,
  end_user_id BYTES NOT NULL,
  conversation_id BYTES NOT NULL,
  request_id TEXT,
  mode TEXT NOT NULL,
  block TEXT,
  bot_version BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  took_us BIGINT NOT NULL,
  answer TEXT NOT NULL,
  trace TEXT NOT NULL,
  fault TEXT
);

-- Threads: the messages of an end user stand together.
CREATE TABLE messages (
  end_user_id BYTES NOT NULL,
  seq BIGINT NOT NULL,
  id BYTES NOT NULL,
  workspace_id BYTES NOT NULL,
  conversation_id BYTES NOT NULL,
  turn_id BYTES NOT NULL,
  is_user BIGINT NOT NULL,
  sender TEXT NOT NULL,
  data TEXT NOT NULL,
  masked TEXT,
  mask_at BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (end_user_id, seq)
) CLUSTERED;
CREATE INDEX messages_to_mask ON messages (mask_at) WHERE mask_at IS NOT NULL;

-- What went wrong with requests, for the operator. Bounded by number and age.
CREATE TABLE skill_problems (
  id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES,
  bot TEXT,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  place TEXT NOT NULL,
  detail TEXT NOT NULL,
  excerpt TEXT NOT NULL,
  request_id TEXT
) CLUSTERED;
