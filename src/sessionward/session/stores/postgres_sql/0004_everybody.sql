-- Ends of all sessions of a tenant, or of all tenants. The rules of 0002 hold here too.
--
-- No subject is named '': in the table of epochs, the row (tenant, '') is the tenant's and ('', '') everybody's. The
-- epoch of a subject is the sum of the three, which differs from what it was as soon as one of them was advanced.
--
-- Whoever begins sessions, or ends those of a subject, holds the epochs' lock shared before it reads an epoch; who
-- advances the epoch of many holds it exclusively. So a login is either there to be ended or knows that it is too late.
-- Before all others in the order of locks comes this one.

CREATE FUNCTION epoch_lock() RETURNS integer
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
    RETURN 'epoch'::regclass::oid::integer;
END $$;

CREATE OR REPLACE FUNCTION epoch_of(of_tenant text, of_subject text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    RETURN coalesce((SELECT e.number FROM epoch e WHERE e.tenant = of_tenant AND e.subject = of_subject), 0)
        + coalesce((SELECT e.number FROM epoch e WHERE e.tenant = of_tenant AND e.subject = ''), 0)
        + coalesce((SELECT e.number FROM epoch e WHERE e.tenant = '' AND e.subject = ''), 0);
END $$;

-- The epoch of a subject, whose row stays locked.
CREATE OR REPLACE FUNCTION lock_subject(of_tenant text, of_subject text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1397052243, epoch_lock());
    LOOP
        PERFORM FROM epoch e WHERE e.tenant = of_tenant AND e.subject = of_subject FOR UPDATE;
        EXIT WHEN FOUND;
        INSERT INTO epoch (tenant, subject, number) VALUES (of_tenant, of_subject, 0) ON CONFLICT DO NOTHING;
    END LOOP;
    RETURN epoch_of(of_tenant, of_subject);
END $$;

-- A session that end_outnumbered has not come to yet is not to be kept: it is over.
CREATE OR REPLACE FUNCTION advance_epoch(
    of_tenant text, of_subject text, because text, moment double precision, keep text
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    next_number bigint := lock_subject(of_tenant, of_subject) + 1;
    ended text[];
BEGIN
    UPDATE epoch e SET number = e.number + 1 WHERE e.tenant = of_tenant AND e.subject = of_subject;
    UPDATE session s SET epoch = next_number, version = s.version + 1
    WHERE s.handle = keep AND s.tenant = of_tenant AND s.subject = of_subject AND s.ended_reason IS NULL
        AND s.epoch >= next_number - 1;
    WITH ending AS (
        UPDATE session s SET ended_reason = because, ended_at = moment
        WHERE s.tenant = of_tenant AND s.subject = of_subject AND s.ended_reason IS NULL AND s.epoch < next_number
        RETURNING s.handle
    )
    SELECT array_agg(e.handle) INTO ended FROM ending e;
    DELETE FROM value v WHERE v.handle = ANY (ended);
    PERFORM tell(NULL, of_tenant, of_subject, next_number, because, moment);
    RETURN next_number;
END $$;

CREATE FUNCTION advance_all(of_tenant text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    present bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(1397052243, epoch_lock());
    INSERT INTO epoch AS e (tenant, subject, number) VALUES (of_tenant, '', 1)
    ON CONFLICT (tenant, subject) DO UPDATE SET number = e.number + 1
    RETURNING number INTO present;
    RETURN present;
END $$;

-- Ends at most so many sessions that their epoch has left behind; visitors' that are older where it is about everybody.
CREATE FUNCTION end_outnumbered(
    of_tenant text, because text, moment double precision, most bigint, OUT tenants text[],
    OUT more boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    handles text[];
    subjects text[];
BEGIN
    PERFORM pg_advisory_xact_lock(1397052243, epoch_lock());
    WITH chosen AS (
        SELECT s.handle FROM session s
        WHERE s.ended_reason IS NULL AND (of_tenant = '' OR s.tenant = of_tenant)
            AND CASE WHEN s.tenant IS NULL THEN s.created <= moment ELSE s.epoch < epoch_of(s.tenant, s.subject) END
        LIMIT most
    ), ending AS (
        UPDATE session s SET ended_reason = because, ended_at = moment FROM chosen c
        WHERE s.handle = c.handle AND s.ended_reason IS NULL
        RETURNING s.handle, s.tenant, s.subject
    )
    SELECT array_agg(e.handle), array_agg(e.tenant), array_agg(e.subject),
        (SELECT count(*) = most FROM chosen)
    INTO handles, tenants, subjects, more FROM ending e;
    DELETE FROM value v WHERE v.handle = ANY (handles);
    PERFORM tell(e.handle, e.tenant, e.subject, NULL, because, moment)
    FROM unnest(handles, tenants, subjects) AS e (handle, tenant, subject);
END $$;
