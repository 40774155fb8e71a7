-- What KakaoTalk sent and got, for a week, and what was seen of a channel's set-up. Written beside the turns, in batches.
-- Old code can run beside it: it writes neither.

-- A request's id is that of the turn which it began. `packed` is the request as the server packs it; null where it is
-- not kept (bot tests). `answer` is null where the turn has it, so that what a turn masks is masked here too.
CREATE TABLE skill_requests (
  bot_id BYTES NOT NULL,
  id BYTES NOT NULL,
  workspace_id BYTES NOT NULL,
  at BIGINT NOT NULL,
  draft BIGINT NOT NULL,
  mode TEXT NOT NULL,
  -- 'welcome', 'fallback', 'other' or '' where the request does not say.
  kind TEXT NOT NULL,
  block TEXT NOT NULL,
  user_key TEXT,
  request_id TEXT,
  took_us BIGINT NOT NULL,
  status BIGINT NOT NULL,
  stored BIGINT NOT NULL,
  -- The first of its problems, by its stable name.
  problem TEXT,
  -- All of them, as JSON.
  problems TEXT,
  size BIGINT NOT NULL,
  packed BYTES,
  answer TEXT,
  PRIMARY KEY (bot_id, id)
) CLUSTERED;
CREATE INDEX skill_requests_with_problems ON skill_requests (bot_id, id, problem) WHERE problem IS NOT NULL;

-- What was seen of a bot's channel: `what` is 'welcome', 'fallback', 'other' (name: the block), 'bot' (name: the bot's id
-- at Kakao) or 'sign' (name: a stable name). A few hundred rows per bot at most.
CREATE TABLE kakao_seen (
  bot_id BYTES NOT NULL,
  draft BIGINT NOT NULL,
  mode TEXT NOT NULL,
  what TEXT NOT NULL,
  name TEXT NOT NULL,
  workspace_id BYTES NOT NULL,
  detail TEXT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  times BIGINT NOT NULL,
  took_us BIGINT NOT NULL,
  slowest_us BIGINT NOT NULL,
  PRIMARY KEY (bot_id, draft, mode, what, name)
) CLUSTERED;
