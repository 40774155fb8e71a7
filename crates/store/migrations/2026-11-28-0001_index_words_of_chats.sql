-- Words of customers and agents, by pairs of neighbouring letters (`livechat::words`), so that a conversation is found by
-- parts of what was said in it. A row says that the pair stands somewhere in what this end user and their agents said.
-- Old code runs beside it: what it stores is indexed later, by `indexed < last_seq`.

CREATE TABLE chat_grams (
  end_user_id BYTES NOT NULL,
  gram BIGINT NOT NULL,
  workspace_id BYTES NOT NULL,
  PRIMARY KEY (end_user_id, gram)
) CLUSTERED;
CREATE INDEX chat_grams_by_gram ON chat_grams (workspace_id, gram, end_user_id);

-- The number of the last message whose words are in the index; -2 where the end user's name is not yet, either.
ALTER TABLE chats ADD COLUMN indexed BIGINT NOT NULL DEFAULT -2;
CREATE INDEX chats_unindexed ON chats (end_user_id) WHERE indexed < last_seq;

-- Do agents see only what is theirs? Null where a bot leaves it to its team.
ALTER TABLE chat_settings ADD COLUMN only_assigned BIGINT;
UPDATE chat_settings SET only_assigned = 1 WHERE settings LIKE '%"onlyAssigned":true%';
UPDATE chat_settings SET only_assigned = 0 WHERE settings LIKE '%"onlyAssigned":false%';

-- Customers of KakaoTalk stand in the agents' list, too: they are read there and answered elsewhere.
INSERT INTO chats (end_user_id, workspace_id, bot_id, conversation_id, platform, user_key, state, origin, present, flow, moved,
  category, in_hours, transfers, name, phone, email, gender, tags, last_seq, last_at, last_sender, last_text, unread, created_at)
SELECT t.end_user_id, t.workspace_id, t.bot_id, s.conversation_id, t.platform, t.user_key, 'bot', 'call', '[]', 0, 0,
  '[]', 1, 0, '', '', '', '', '[]', s.message_count - 1, t.last_at, 'user', t.said, 0, t.first_at
FROM threads t JOIN sessions s ON s.end_user_id = t.end_user_id
WHERE t.platform = 'kakao' AND t.channel = 'kakao'
ON CONFLICT DO NOTHING;
