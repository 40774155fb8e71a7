-- A bridge is a bot that an old server answers for: where it is and how the bridge behaves, as JSON; null for bots with
-- flows. Old code can run beside it: it finds no published version of such a bot and says so.

ALTER TABLE bots ADD COLUMN bridge TEXT;
