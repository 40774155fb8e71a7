-- What bots may use and nobody may read: secrets, and the settings of connected services. Old code runs beside it.
-- `sealed` is a ciphertext that only the server can open; `about` is JSON that says what it is without telling it.

CREATE TABLE vault (
  workspace_id BYTES NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  sealed BYTES NOT NULL,
  about TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, kind, name)
);
