-- Written by hand: Prisma cannot express it.

-- An account that took its consent back: whose it was is known, so that its data can be shown and erased; agreeing again needs a secretary.
ALTER TABLE account_member DROP CONSTRAINT account_member_state;
ALTER TABLE account_member ADD CONSTRAINT account_member_state CHECK (state IN ('claimed', 'linked', 'withdrawn'));
UPDATE account_member l SET state = 'withdrawn' FROM account a WHERE a.account_id = l.account_id AND a.withdrawn_at IS NOT NULL AND l.state = 'linked';
