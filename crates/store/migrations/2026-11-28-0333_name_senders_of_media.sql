-- Who sent a picture into a chat: the bot and the channel's name of the end user. Null for what bots and agents show. It
-- bounds how many one visitor can fill a workspace with. Old code can run beside it.

ALTER TABLE media ADD COLUMN sender TEXT;
CREATE INDEX media_by_sender ON media (workspace_id, sender) WHERE sender IS NOT NULL;
