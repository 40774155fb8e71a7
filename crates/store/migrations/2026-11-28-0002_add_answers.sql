-- Questions and answers of a workspace, which are suggested to agents, and the pairs of letters of their questions
-- (`livechat::words`). Old code runs beside it.

CREATE TABLE answers (
  id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  -- One way of asking in each line.
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  category TEXT NOT NULL,
  -- How often it was sent.
  uses BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX answers_by_workspace ON answers (workspace_id, id);

CREATE TABLE answer_grams (
  answer_id BYTES NOT NULL,
  gram BIGINT NOT NULL,
  workspace_id BYTES NOT NULL,
  PRIMARY KEY (answer_id, gram)
) CLUSTERED;
CREATE INDEX answer_grams_by_gram ON answer_grams (workspace_id, gram, answer_id);
