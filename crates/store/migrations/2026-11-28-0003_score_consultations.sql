-- What customers give a consultation afterwards, from 1 to 5: a flow asks and sets the param `chat:score`. Old code runs
-- beside it.

ALTER TABLE consultations ADD COLUMN score BIGINT;
