-- The rows of one turn, as closer stores them.
CREATE TABLE IF NOT EXISTS sessions (
  user_key TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  messages INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS turns (
  id TEXT PRIMARY KEY,
  user_key TEXT NOT NULL,
  request_id TEXT,
  started_at INTEGER NOT NULL,
  answer TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS messages (
  id TEXT PRIMARY KEY,
  user_key TEXT NOT NULL,
  seq INTEGER NOT NULL,
  is_user INTEGER NOT NULL,
  data TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS messages_by_user ON messages (user_key, seq);
