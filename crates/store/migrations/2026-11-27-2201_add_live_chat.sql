-- Live chat: conversations that agents can take over, what becomes of each consultation, and the agents. Old code runs
-- beside it: what it answers meanwhile is not in the agents' list.
-- A row of `chats` changes only together with its session's version, so what happens to a conversation has one order.

CREATE TABLE chats (
  end_user_id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  bot_id BYTES NOT NULL,
  conversation_id BYTES NOT NULL,
  platform TEXT NOT NULL,
  user_key TEXT NOT NULL,
  -- 'bot', 'requested', 'connected', 'completed' or 'missed'.
  state TEXT NOT NULL,
  -- 'call' or 'step-in'.
  origin TEXT NOT NULL,
  -- The newest consultation.
  consultation_id BYTES,
  -- The agent whose it is; null in the queue and where none is open.
  owner_id BYTES,
  -- Who served this end user last.
  previous_id BYTES,
  -- The ids of the agents in it, as JSON.
  present TEXT NOT NULL,
  -- A flow runs that an agent has started; an agent has moved the end user.
  flow BIGINT NOT NULL,
  moved BIGINT NOT NULL,
  -- What it is about, from the outside in, as JSON.
  category TEXT NOT NULL,
  in_hours BIGINT NOT NULL,
  requested_at BIGINT,
  connected_at BIGINT,
  answered_at BIGINT,
  ended_at BIGINT,
  transfers BIGINT NOT NULL,
  -- Why it was missed.
  missed TEXT,
  -- Since when the end user waits for an agent's answer.
  waiting_since BIGINT,
  -- What agents write down about the end user.
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  email TEXT NOT NULL,
  gender TEXT NOT NULL,
  tags TEXT NOT NULL,
  -- The last message, as the list shows it.
  last_seq BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  last_sender TEXT NOT NULL,
  last_text TEXT NOT NULL,
  -- Messages of the end user that no agent has seen, while one is called or talks.
  unread BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX chats_by_state ON chats (workspace_id, state, last_at, end_user_id);
CREATE INDEX chats_by_time ON chats (workspace_id, last_at, end_user_id);
CREATE INDEX chats_by_owner ON chats (workspace_id, owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX chats_open ON chats (state, last_at) WHERE state = 'requested' OR state = 'connected';

-- Each consultation, for the figures.
CREATE TABLE consultations (
  id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  bot_id BYTES NOT NULL,
  end_user_id BYTES NOT NULL,
  platform TEXT NOT NULL,
  origin TEXT NOT NULL,
  state TEXT NOT NULL,
  category TEXT NOT NULL,
  in_hours BIGINT NOT NULL,
  owner_id BYTES,
  requested_at BIGINT NOT NULL,
  connected_at BIGINT,
  answered_at BIGINT,
  ended_at BIGINT,
  transfers BIGINT NOT NULL,
  missed TEXT
);
CREATE INDEX consultations_by_time ON consultations (workspace_id, requested_at, id);
CREATE INDEX consultations_by_end_user ON consultations (end_user_id, id);

-- Lines of a thread for agents alone: what happened, and notes. They stand after the message of this number.
CREATE TABLE chat_lines (
  end_user_id BYTES NOT NULL,
  id BYTES NOT NULL,
  workspace_id BYTES NOT NULL,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  after_seq BIGINT NOT NULL,
  -- Whom it is about, and who did it; null for the end user, the bot and the rules.
  agent_id BYTES,
  by_id BYTES,
  data TEXT NOT NULL,
  PRIMARY KEY (end_user_id, id)
) CLUSTERED;

-- What was sent with an id of the sender's: it is one message, however often it is sent.
CREATE TABLE sends (
  end_user_id BYTES NOT NULL,
  seq BIGINT NOT NULL,
  client_id TEXT NOT NULL,
  -- The agent; null for the end user.
  author_id BYTES,
  PRIMARY KEY (end_user_id, seq)
) CLUSTERED;
CREATE UNIQUE INDEX sends_by_client_id ON sends (end_user_id, client_id);

CREATE TABLE agents (
  workspace_id BYTES NOT NULL,
  account_id BYTES NOT NULL,
  away BIGINT NOT NULL,
  -- They are online until then, unless their console is heard of again.
  online_until BIGINT NOT NULL,
  -- Their open consultations: those in `chats` that they own.
  open BIGINT NOT NULL,
  -- What they are specialists for, as JSON.
  categories TEXT NOT NULL,
  -- Favourites and notifications, as JSON.
  settings TEXT NOT NULL,
  PRIMARY KEY (workspace_id, account_id)
) CLUSTERED;

-- The settings of a team (bot of zeros) and of its bots, as JSON.
CREATE TABLE chat_settings (
  workspace_id BYTES NOT NULL,
  bot_id BYTES NOT NULL,
  settings TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, bot_id)
) CLUSTERED;

-- Canned messages: a team's, or an agent's own.
CREATE TABLE canned_messages (
  id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  owner_id BYTES,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  shortcut TEXT NOT NULL,
  position BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX canned_messages_by_workspace ON canned_messages (workspace_id, position, id);
