-- Messages through Kakao's Event API: one row per call, written before it is made, and one per user whom it names.
-- Old code can run beside it: it sends none.
CREATE TABLE pushes (
  id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  bot_id BYTES NOT NULL,
  event TEXT NOT NULL,
  -- Kakao's name of the call, once it was taken.
  task_id TEXT,
  -- 'sending', 'open' (taken; results come), 'done', 'refused', 'unknown' (nobody knows whether it was taken) or
  -- 'expired' (results did not come).
  state TEXT NOT NULL,
  -- What Kakao said, or why it was not asked.
  message TEXT NOT NULL,
  users BIGINT NOT NULL,
  -- When results are asked for next; null where there is nothing to wait for.
  check_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX pushes_by_bot ON pushes (bot_id, id);
CREATE INDEX pushes_to_check ON pushes (check_at) WHERE check_at IS NOT NULL;

CREATE TABLE push_targets (
  push_id BYTES NOT NULL,
  seq BIGINT NOT NULL,
  user_type TEXT NOT NULL,
  user_key TEXT NOT NULL,
  -- 'sending', 'accepted', 'sent', 'failed' or 'unknown'.
  state TEXT NOT NULL,
  -- Kakao's number of the failure.
  error_type BIGINT,
  error TEXT,
  PRIMARY KEY (push_id, seq)
) CLUSTERED;
