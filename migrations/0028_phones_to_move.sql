-- What a start looks for: numbers that still stand with their account, from before phones had a table. There are none where
-- they were moved once; without this, each start reads all accounts to find that out.
CREATE INDEX accounts_by_phone_to_move ON accounts (id) WHERE phone_sealed IS NOT NULL;
