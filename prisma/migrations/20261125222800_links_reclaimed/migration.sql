-- Written by hand: Prisma cannot express it.

-- An account that took its consent back and agreed again: a secretary confirms it, and meanwhile its data can still be shown and erased.
ALTER TABLE account_member DROP CONSTRAINT account_member_state;
ALTER TABLE account_member ADD CONSTRAINT account_member_state CHECK (state IN ('claimed', 'linked', 'withdrawn', 'reclaimed'));
