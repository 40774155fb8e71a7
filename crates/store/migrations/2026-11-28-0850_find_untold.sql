-- What a relay of ConsultationTalk wanted to tell of later and never did is looked for now and then.
CREATE INDEX consult_outbox_untold ON consult_outbox (next_at) WHERE state = 'pending';
