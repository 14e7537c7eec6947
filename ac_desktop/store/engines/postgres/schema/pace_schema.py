"""The table of the rate limits, and the function by which a request's time is reserved in one round trip.

Times are by the server's clock, which is read once the account's row is locked.
"""

from typing import Final

PACE: Final = """
CREATE TABLE pace (
    account TEXT COLLATE "C" PRIMARY KEY,
    next_at DOUBLE PRECISION NOT NULL DEFAULT 0,
    queue_at DOUBLE PRECISION NOT NULL DEFAULT 0,
    busy_from DOUBLE PRECISION NOT NULL DEFAULT 0,
    busy_until DOUBLE PRECISION NOT NULL DEFAULT 0,
    busy_in_a_row BIGINT NOT NULL DEFAULT 0,
    epoch BIGINT NOT NULL DEFAULT 0
);

CREATE FUNCTION is_claimed(kind TEXT, key BIGINT, token BIGINT) RETURNS BOOLEAN LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF kind = 'record' THEN
        RETURN EXISTS (SELECT FROM record r WHERE r.id = key AND r.state = 'sending' AND r.claim_token = token);
    ELSIF kind = 'bulk' THEN
        RETURN EXISTS (
            SELECT FROM bulk_member m JOIN record r ON r.id = m.record_id
            WHERE m.bulk_batch_id = key AND r.bulk_batch_id = key AND r.state = 'sending' AND r.claim_token = token
        );
    END IF;
    RETURN EXISTS (
        SELECT FROM list_reading l WHERE l.connection_id = key AND l.claim_token = token AND l.owner IS NOT NULL
    );
END $$;

CREATE FUNCTION reserve_request(
    of_account TEXT, step DOUBLE PRECISION, ahead DOUBLE PRECISION, soonest DOUBLE PRECISION, longest DOUBLE PRECISION,
    claim_kind TEXT, claim_key BIGINT, claim_token BIGINT,
    OUT slot DOUBLE PRECISION, OUT again DOUBLE PRECISION, OUT busy DOUBLE PRECISION, OUT is_lost BOOLEAN,
    OUT server_at DOUBLE PRECISION, OUT busy_end DOUBLE PRECISION, OUT in_a_row BIGINT, OUT epoch_now BIGINT
) LANGUAGE plpgsql AS $$
DECLARE
    p pace%ROWTYPE;
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    INSERT INTO pace (account) VALUES (of_account) ON CONFLICT (account) DO NOTHING;
    SELECT * INTO p FROM pace WHERE account = of_account FOR UPDATE;
    server_at := extract(epoch FROM clock_timestamp());
    p.busy_until := least(p.busy_until, server_at + longest);
    p.next_at := least(p.next_at, server_at + ahead + greatest(step, 5));
    p.queue_at := least(greatest(p.queue_at, p.next_at), server_at + 60);
    busy_end := p.busy_until;
    in_a_row := p.busy_in_a_row;
    epoch_now := p.epoch;
    busy := greatest(0, p.busy_until - server_at);
    again := busy;
    is_lost := claim_kind IS NOT NULL AND NOT is_claimed(claim_kind, claim_key, claim_token);
    IF NOT is_lost AND busy = 0 THEN
        IF p.next_at <= server_at + ahead THEN
            slot := greatest(p.next_at, server_at + soonest);
            p.next_at := slot + step;
        ELSE
            again := p.queue_at - ahead - server_at;
            p.queue_at := p.queue_at + step;
        END IF;
    END IF;
    UPDATE pace SET next_at = p.next_at, queue_at = p.queue_at, busy_until = p.busy_until WHERE account = of_account;
END $$;
"""
"""`next_at` is the first time that is not reserved yet; `epoch` counts the busy periods, each of which cancels what was
reserved. Whoever finds no time within `ahead` seconds is told when to ask again, each a step later than the one before:
`queue_at` is the last such time. A time lost in a crash of the server is given anew, so nothing waits for the disk."""
