-- The newest problems of one bot, and how many it has. Old code runs beside it.
CREATE INDEX skill_problems_by_bot ON skill_problems (bot, id);
