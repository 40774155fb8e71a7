-- Notes in which colleagues are mentioned: what somebody was asked to look at, until they have. The note itself stands in
-- `chat_lines`. Old code can run beside it: whom it mentions is told and not kept.

CREATE TABLE mentions (
  workspace_id BYTES NOT NULL,
  -- Who is mentioned.
  account_id BYTES NOT NULL,
  -- The note.
  line_id BYTES NOT NULL,
  end_user_id BYTES NOT NULL,
  seen BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, account_id, line_id)
) CLUSTERED;
CREATE INDEX mentions_by_end_user ON mentions (end_user_id);
