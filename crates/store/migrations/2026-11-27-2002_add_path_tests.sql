-- Conversations that are played again against the draft (경로 테스트). What is said in them stands in `steps`, JSON whose
-- meaning the server knows. Old code can run beside it.

CREATE TABLE path_tests (
  bot_id BYTES NOT NULL,
  id BYTES NOT NULL,
  workspace_id BYTES NOT NULL,
  name TEXT NOT NULL,
  channel TEXT NOT NULL,
  steps TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (bot_id, id)
);
