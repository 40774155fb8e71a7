-- Pictures that bots show, drawn anew on their way in; the key is the SHA-256 of the bytes. Anyone who knows the address
-- may fetch one, as KakaoTalk does. They are kept: versions, exports and other people's chat rooms name them. Old code
-- can run beside it.

CREATE TABLE media (
  hash BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  kind TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  bytes BYTES NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX media_by_workspace ON media (workspace_id);
