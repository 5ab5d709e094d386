-- Sessions. Each function is one call of the store's contract, one transaction and one round trip.
--
-- They run as their owner (SECURITY DEFINER): whoever may only call them can neither write past a condition nor
-- change the trail. READ COMMITTED is needed and asked for: each statement sees what was committed before it began.
--
-- Order of locks, so that nobody waits in a circle: the subject's row in epoch, sessions, tokens, values, the feed.
-- Whoever locks several sessions holds their subject's epoch first; purge skips what is locked.
--
-- A session of a passed epoch is always marked as ended too, in the step that advances the epoch. So whether a
-- session lives is in its own row, and a write to that row needs no other condition.

CREATE FUNCTION feed_lock() RETURNS integer
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
    RETURN 'termination_position'::regclass::oid::integer;
END $$;

-- Tells the feed. The lock is shared, so that writers do not wait for one another; it must be held before a position
-- is drawn and is kept until the commit: see terminations_since.
CREATE FUNCTION tell(
    of_handle text, of_tenant text, of_subject text, new_epoch bigint, because text, moment double precision
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1397052243, feed_lock());
    INSERT INTO termination (position, handle, tenant, subject, epoch, reason, at)
    VALUES (nextval('termination_position'), of_handle, of_tenant, of_subject, new_epoch, because, moment);
END $$;

-- The epoch of a subject, whose row stays locked.
CREATE FUNCTION lock_subject(of_tenant text, of_subject text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    found_number bigint;
BEGIN
    LOOP
        SELECT e.number INTO found_number FROM epoch e
        WHERE e.tenant = of_tenant AND e.subject = of_subject FOR UPDATE;
        IF FOUND THEN
            RETURN found_number;
        END IF;
        INSERT INTO epoch (tenant, subject, number) VALUES (of_tenant, of_subject, 0) ON CONFLICT DO NOTHING;
    END LOOP;
END $$;

-- Why a conditional write did not find its row.
CREATE FUNCTION refusal(of_handle text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM FROM session s WHERE s.handle = of_handle AND s.ended_reason IS NULL;
    RETURN CASE WHEN FOUND THEN 'conflict' ELSE 'gone' END;
END $$;

-- Ends a session and wipes its data; the feed is told afterwards. The data goes in a statement of its own, which sees
-- what a writer had written for whom the first one waited.
CREATE FUNCTION end_session(
    of_handle text, of_tenant text, of_subject text, because text, moment double precision
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE session s SET ended_reason = because, ended_at = moment
    WHERE s.handle = of_handle AND s.ended_reason IS NULL
        AND s.tenant IS NOT DISTINCT FROM of_tenant AND s.subject IS NOT DISTINCT FROM of_subject;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM value v WHERE v.handle = of_handle;
    RETURN true;
END $$;

CREATE FUNCTION look(
    presented bytea,
    OUT handle text, OUT core text, OUT epoch bigint, OUT version bigint, OUT last_active double precision,
    OUT digest bytea, OUT successor bytea, OUT grace_until double precision,
    OUT ended_reason text, OUT ended_at double precision,
    OUT keys text[], OUT versions bigint[], OUT contents bytea[]
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
#variable_conflict use_column
BEGIN
    SELECT s.handle, s.core, s.epoch, s.version, s.last_active, s.digest, t.successor, t.grace_until,
        s.ended_reason, s.ended_at, v.keys, v.versions, v.contents
    INTO handle, core, epoch, version, last_active, digest, successor, grace_until,
        ended_reason, ended_at, keys, versions, contents
    FROM token t
    JOIN session s ON s.handle = t.handle
    CROSS JOIN LATERAL (
        SELECT array_agg(value.key) AS keys, array_agg(value.version) AS versions,
            array_agg(value.content) AS contents
        FROM value WHERE value.handle = t.handle
    ) v
    WHERE t.digest = presented;
END $$;

CREATE FUNCTION create_session(
    new_handle text, new_digest bytea, of_tenant text, of_subject text, of_epoch bigint, new_version bigint,
    new_state text, created_at double precision, active_at double precision, until double precision,
    new_core text, most bigint, counted text[], because text, moment double precision,
    OUT refused text, OUT taken_over text[]
) LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    present bigint;
    ending text;
BEGIN
    IF of_subject IS NOT NULL THEN
        present := lock_subject(of_tenant, of_subject);
    END IF;
    taken_over := '{}';
    IF EXISTS (SELECT FROM session s WHERE s.handle = new_handle)
        OR EXISTS (SELECT FROM token t WHERE t.digest = new_digest) THEN
        refused := 'exists';
        RETURN;
    END IF;
    IF present <> of_epoch THEN
        refused := 'epoch passed';
        RETURN;
    END IF;
    INSERT INTO session (handle, digest, tenant, subject, epoch, version, state, created, last_active, deadline, core)
    VALUES (new_handle, new_digest, of_tenant, of_subject, of_epoch, new_version, new_state, created_at, active_at,
        until, new_core)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        refused := 'exists';
        RETURN;
    END IF;
    INSERT INTO token (digest, handle) VALUES (new_digest, new_handle) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        DELETE FROM session s WHERE s.handle = new_handle;
        refused := 'exists';
        RETURN;
    END IF;
    IF of_subject IS NULL OR most IS NULL THEN
        RETURN;
    END IF;
    taken_over := ARRAY(
        SELECT beyond.handle FROM (
            SELECT s.handle, s.last_active, s.created FROM session s
            WHERE s.tenant = of_tenant AND s.subject = of_subject AND s.ended_reason IS NULL
                AND s.deadline > moment AND s.state = ANY (counted) AND s.handle <> new_handle
            ORDER BY s.last_active DESC, s.created DESC, s.handle DESC OFFSET greatest(most - 1, 0)
        ) beyond
        WHERE end_session(beyond.handle, of_tenant, of_subject, because, moment)
        ORDER BY beyond.last_active, beyond.created, beyond.handle
    );
    FOREACH ending IN ARRAY taken_over LOOP
        PERFORM tell(ending, of_tenant, of_subject, NULL, because, moment);
    END LOOP;
END $$;

CREATE FUNCTION replace_session(
    of_handle text, of_digest bytea, new_version bigint, new_state text, active_at double precision, new_core text
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    of_tenant text;
    of_subject text;
BEGIN
    UPDATE session s
    SET version = new_version, state = new_state, last_active = greatest(s.last_active, active_at), core = new_core
    WHERE s.handle = of_handle AND s.ended_reason IS NULL
        AND s.version = new_version - 1 AND s.digest = of_digest
    RETURNING s.tenant, s.subject INTO of_tenant, of_subject;
    IF NOT FOUND THEN
        RETURN refusal(of_handle);
    END IF;
    PERFORM tell(of_handle, of_tenant, of_subject, NULL, NULL, NULL);
    RETURN 'stored';
END $$;

CREATE FUNCTION renew_session(
    of_handle text, new_digest bytea, new_version bigint, new_state text, active_at double precision, new_core text,
    retired bytea, excused_until double precision
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    of_tenant text;
    of_subject text;
BEGIN
    SELECT s.tenant, s.subject INTO of_tenant, of_subject FROM session s
    WHERE s.handle = of_handle AND s.ended_reason IS NULL AND s.version = new_version - 1 AND s.digest = retired
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN refusal(of_handle);
    END IF;
    INSERT INTO token (digest, handle) VALUES (new_digest, of_handle) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN 'conflict';
    END IF;
    UPDATE token t SET successor = new_digest, grace_until = excused_until WHERE t.digest = retired;
    UPDATE session s
    SET digest = new_digest, version = new_version, state = new_state, core = new_core,
        last_active = greatest(s.last_active, active_at)
    WHERE s.handle = of_handle;
    PERFORM tell(of_handle, of_tenant, of_subject, NULL, NULL, NULL);
    RETURN 'stored';
END $$;

CREATE FUNCTION touch(of_handle text, active_at double precision) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE session s SET last_active = active_at
    WHERE s.handle = of_handle AND s.ended_reason IS NULL AND s.last_active < active_at;
    RETURN FOUND OR refusal(of_handle) = 'conflict';
END $$;

CREATE FUNCTION terminate(
    of_handle text, of_tenant text, of_subject text, because text, moment double precision
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT end_session(of_handle, of_tenant, of_subject, because, moment) THEN
        RETURN false;
    END IF;
    PERFORM tell(of_handle, of_tenant, of_subject, NULL, because, moment);
    RETURN true;
END $$;

CREATE FUNCTION write_values(
    of_handle text, changed text[], expected bigint[], written bytea[]
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    number bigint;
    of_tenant text;
    of_subject text;
BEGIN
    UPDATE session s SET writes = s.writes + 1 WHERE s.handle = of_handle AND s.ended_reason IS NULL
    RETURNING s.writes, s.tenant, s.subject INTO number, of_tenant, of_subject;
    IF NOT FOUND THEN
        RETURN 'gone';
    END IF;
    IF EXISTS (
        SELECT FROM unnest(changed, expected) AS c (key, version)
        LEFT JOIN value v ON v.handle = of_handle AND v.key = c.key
        WHERE coalesce(v.version, 0) <> c.version
    ) THEN
        RETURN 'conflict';
    END IF;
    DELETE FROM value v USING unnest(changed, written) AS c (key, content)
    WHERE v.handle = of_handle AND v.key = c.key AND c.content IS NULL;
    INSERT INTO value (handle, key, version, content)
    SELECT of_handle, c.key, number, c.content FROM unnest(changed, written) AS c (key, content)
    WHERE c.content IS NOT NULL
    ON CONFLICT (handle, key) DO UPDATE SET version = excluded.version, content = excluded.content;
    PERFORM tell(of_handle, of_tenant, of_subject, NULL, NULL, NULL);
    RETURN 'stored';
END $$;
