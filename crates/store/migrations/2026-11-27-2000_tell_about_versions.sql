-- Who published a version, why, and from which revision of the draft. Old code can run beside it: what it publishes says
-- nothing of these.

ALTER TABLE bot_versions ADD COLUMN note TEXT;
ALTER TABLE bot_versions ADD COLUMN published_by BYTES;
-- The name is kept as it was then.
ALTER TABLE bot_versions ADD COLUMN published_by_name TEXT;
ALTER TABLE bot_versions ADD COLUMN revision BIGINT;
UPDATE bot_versions SET revision = (
  SELECT live_revision FROM bots WHERE bots.id = bot_versions.bot_id AND bots.live_version = bot_versions.number
);
