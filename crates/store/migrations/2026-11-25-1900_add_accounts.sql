-- People who work in the console: accounts, what they are signed in with, whose workspaces they are members of, and a
-- log of what they change. Old code runs beside it; bots that it publishes are shown as changed since then.
-- Tokens are secrets and stand here as SHA-256 only. Roles: owner, admin, editor, readonly.

CREATE TABLE accounts (
  id BYTES NOT NULL PRIMARY KEY,
  -- In lower case.
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  -- Argon2id as a PHC text; empty where nobody can sign in by password.
  password TEXT NOT NULL,
  language TEXT NOT NULL,
  theme TEXT NOT NULL,
  picture BYTES,
  totp_secret BYTES,
  -- A secret that was shown but not confirmed with a code yet.
  totp_pending BYTES,
  -- The last step of time whose code was used: a code counts once.
  totp_step BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  last_seen_at BIGINT
);

CREATE TABLE recovery_codes (
  account_id BYTES NOT NULL,
  code BYTES NOT NULL,
  PRIMARY KEY (account_id, code)
) CLUSTERED;

CREATE TABLE sign_ins (
  id BYTES NOT NULL PRIMARY KEY,
  account_id BYTES NOT NULL,
  token BYTES NOT NULL UNIQUE,
  -- The token before this one, for requests that were on their way when it was exchanged.
  previous_token BYTES,
  previous_until BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  rotated_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  user_agent TEXT NOT NULL,
  address TEXT NOT NULL
);
CREATE INDEX sign_ins_by_account ON sign_ins (account_id, id);
CREATE INDEX sign_ins_by_previous_token ON sign_ins (previous_token);

-- Links that set a new password once.
CREATE TABLE resets (
  token BYTES NOT NULL PRIMARY KEY,
  account_id BYTES NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX resets_by_account ON resets (account_id);

CREATE TABLE members (
  workspace_id BYTES NOT NULL,
  account_id BYTES NOT NULL,
  role TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, account_id)
) CLUSTERED;
CREATE INDEX members_by_account ON members (account_id);

CREATE TABLE invites (
  id BYTES NOT NULL PRIMARY KEY,
  workspace_id BYTES NOT NULL,
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  token BYTES NOT NULL UNIQUE,
  invited_by BYTES NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX invites_by_email ON invites (workspace_id, email);

-- What members change, newest last. The name is kept as it was then.
CREATE TABLE audit (
  workspace_id BYTES NOT NULL,
  id BYTES NOT NULL,
  account_id BYTES NOT NULL,
  name TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) CLUSTERED;

-- Pictures of people and workspaces, made small on their way in; the key is the SHA-256 of the bytes.
CREATE TABLE pictures (
  hash BYTES NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  bytes BYTES NOT NULL,
  created_at BIGINT NOT NULL
);

ALTER TABLE workspaces ADD COLUMN picture BYTES;

-- The draft's revision that was published last: the draft is ahead where its revision is higher.
ALTER TABLE bots ADD COLUMN live_revision BIGINT;
UPDATE bots SET live_revision = draft_revision WHERE draft = (
  SELECT file FROM bot_versions WHERE bot_id = bots.id AND number = bots.live_version
);
