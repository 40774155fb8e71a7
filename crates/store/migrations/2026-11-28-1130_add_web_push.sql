-- Web push: what happens is also told to agents whose console is closed. Old code can run beside it: it tells nobody.

-- What this installation signs with, by use.
CREATE TABLE server_keys (
  name TEXT NOT NULL PRIMARY KEY,
  value BYTES NOT NULL,
  created_at BIGINT NOT NULL
);

-- How far devices of a workspace were told.
CREATE TABLE web_push_feeds (
  workspace_id BYTES NOT NULL PRIMARY KEY,
  after_seq BIGINT NOT NULL
);

-- The browsers to which agents want news.
CREATE TABLE web_push_devices (
  workspace_id BYTES NOT NULL,
  -- The SHA-256 of the address.
  device BYTES NOT NULL,
  account_id BYTES NOT NULL,
  -- Told for as long as the person is signed in there.
  sign_in_id BYTES NOT NULL,
  -- Where the browser's maker takes what is for it.
  endpoint TEXT NOT NULL,
  -- What is for it is sealed with these (RFC 8291).
  public_key BYTES NOT NULL,
  auth BYTES NOT NULL,
  language TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, device)
) CLUSTERED;
