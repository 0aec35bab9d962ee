-- The oldest waiting messages of a bot account are found in order, without sorting all that wait.
CREATE INDEX outbox_queued ON outbox (platform, account_id, outbox_id) WHERE state = 'queued';
