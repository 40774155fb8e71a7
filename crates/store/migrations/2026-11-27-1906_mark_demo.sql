-- The demo (closer serve --demo) has a workspace and an account of its own. Both are marked, so that a server that
-- only shows a demo still has no owner, and so that the demo can be taken away as a whole. A program from before this
-- runs beside it: it reads neither column, and takes the demo's account for an ordinary one.
ALTER TABLE accounts ADD COLUMN demo BIGINT NOT NULL DEFAULT 0;
ALTER TABLE workspaces ADD COLUMN demo BIGINT NOT NULL DEFAULT 0;
