-- Turns that did not end while their messenger waited: written before the person is told to wait, gone once the answer
-- is in their hands or in the session. What is left of a process that died is found here. Old code can run beside it.
CREATE TABLE late_answers (
  turn_id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  bot_id BYTES NOT NULL,
  platform TEXT NOT NULL,
  draft BIGINT NOT NULL,
  user_key TEXT NOT NULL,
  -- The process that works on it.
  owner BYTES NOT NULL,
  -- 'running', 'posting' or 'lost'.
  state TEXT NOT NULL,
  -- Where the answer may be posted, once and until then; null where the person fetches it.
  callback_url TEXT,
  expires_at BIGINT NOT NULL,
  request_id TEXT,
  -- What the person was told.
  told TEXT NOT NULL,
  -- The answer that is to be posted, as the channel keeps it.
  held TEXT,
  created_at BIGINT NOT NULL
);
CREATE INDEX late_answers_by_end_user ON late_answers (bot_id, platform, draft, user_key);

-- The answer that came after the one in `answer`. Old code leaves it null.
ALTER TABLE turns ADD COLUMN late TEXT;
