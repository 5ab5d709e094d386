-- Subjects, single use, the feed, trails and upkeep. The rules of 0002 hold here too.

CREATE FUNCTION epoch_of(of_tenant text, of_subject text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    RETURN coalesce((SELECT e.number FROM epoch e WHERE e.tenant = of_tenant AND e.subject = of_subject), 0);
END $$;

CREATE FUNCTION advance_epoch(
    of_tenant text, of_subject text, because text, moment double precision, keep text
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    next_number bigint := lock_subject(of_tenant, of_subject) + 1;
    ended text[];
BEGIN
    UPDATE epoch e SET number = next_number WHERE e.tenant = of_tenant AND e.subject = of_subject;
    UPDATE session s SET epoch = next_number, version = s.version + 1
    WHERE s.handle = keep AND s.tenant = of_tenant AND s.subject = of_subject AND s.ended_reason IS NULL;
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

CREATE FUNCTION sessions_of(
    of_tenant text, of_subject text, moment double precision,
    OUT cores text[], OUT epochs bigint[], OUT versions bigint[], OUT active double precision[]
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    SELECT array_agg(s.core), array_agg(s.epoch), array_agg(s.version), array_agg(s.last_active)
    INTO cores, epochs, versions, active
    FROM (
        SELECT * FROM session
        WHERE tenant = of_tenant AND subject = of_subject AND ended_reason IS NULL AND deadline > moment
        ORDER BY created, handle
    ) s;
END $$;

CREATE FUNCTION consume_once(
    for_purpose text, of_key bytea, of_tenant text, of_subject text, valid_until double precision,
    moment double precision
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO once AS o (purpose, key, tenant, subject, until)
    VALUES (for_purpose, of_key, of_tenant, of_subject, valid_until)
    ON CONFLICT (purpose, key, tenant, subject) DO UPDATE SET until = excluded.until WHERE o.until <= moment;
    RETURN FOUND;
END $$;

-- The feed after a cursor. Positions are drawn in order but committed in any, so a missing one may be under way.
-- Where one is missing, the feed's lock is taken for once in the exclusive mode: whoever drew a position held it
-- before and holds it until the commit, so then all smaller positions are either there or never will be.
-- Readers who miss nothing lock nothing, and no stranger's long transaction can hold the feed back.
CREATE FUNCTION terminations_since(
    since bigint, most bigint,
    OUT complete boolean, OUT start bigint, OUT positions bigint[], OUT handles text[], OUT tenants text[],
    OUT subjects text[], OUT epochs bigint[], OUT reasons text[], OUT moments double precision[]
) LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF since > newest_position() THEN
        -- a cursor of another life of this database, before a backup was restored: begin anew at the end
        PERFORM pg_advisory_xact_lock(1397052243, feed_lock());
        start := newest_position();
        complete := false;
        RETURN;
    END IF;
    start := greatest(since, (SELECT p.position FROM purged p));
    FOR attempt IN 1..2 LOOP
        SELECT array_agg(t.position), array_agg(t.handle), array_agg(t.tenant), array_agg(t.subject),
            array_agg(t.epoch), array_agg(t.reason), array_agg(t.at)
        INTO positions, handles, tenants, subjects, epochs, reasons, moments
        FROM (SELECT * FROM termination WHERE position > start ORDER BY position LIMIT most) t;
        EXIT WHEN positions IS NULL OR positions[cardinality(positions)] = start + cardinality(positions);
        IF attempt = 1 THEN
            PERFORM pg_advisory_xact_lock(1397052243, feed_lock());
        END IF;
    END LOOP;
    complete := since >= (SELECT p.position FROM purged p);
END $$;

-- The last position that was drawn, be it under way.
CREATE FUNCTION newest_position() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    RETURN (SELECT CASE WHEN s.is_called THEN s.last_value ELSE 0 END FROM termination_position s);
END $$;

CREATE FUNCTION trail_append(
    of_tenant text, new_content bytea, OUT new_position bigint, OUT new_link bytea
) LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    name bytea := convert_to(of_tenant, 'UTF8');
BEGIN
    LOOP
        UPDATE trail_end e
        SET position = e.position + 1, link = sha256(e.link || int4send(octet_length(name)) || name || new_content)
        WHERE e.tenant = of_tenant
        RETURNING e.position, e.link INTO new_position, new_link;
        EXIT WHEN FOUND;
        INSERT INTO trail_end (tenant, position, link)
        VALUES (of_tenant, 0, decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING;
    END LOOP;
    INSERT INTO trail (tenant, position, content, link) VALUES (of_tenant, new_position, new_content, new_link);
END $$;

CREATE FUNCTION trail_since(
    of_tenant text, since bigint, most bigint, OUT positions bigint[], OUT contents bytea[], OUT links bytea[]
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    SELECT array_agg(t.position), array_agg(t.content), array_agg(t.link) INTO positions, contents, links
    FROM (
        SELECT * FROM trail WHERE tenant = of_tenant AND position > since ORDER BY position LIMIT most
    ) t;
END $$;

-- Forgets at most so many of each kind, and says whether there may be more to forget. One at a time; sessions that
-- are being written are left for the next time.
CREATE FUNCTION purge(
    ended_before double precision, told_before double precision, moment double precision, most bigint,
    OUT forgotten bigint, OUT more boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    old text[];
    told bigint;
    upto bigint;
    consumed bigint;
BEGIN
    IF NOT pg_try_advisory_xact_lock(1397052243, 'purged'::regclass::oid::integer) THEN
        forgotten := 0;
        more := false;
        RETURN;
    END IF;
    old := ARRAY(
        SELECT s.handle FROM session s WHERE s.deadline <= ended_before LIMIT most FOR UPDATE SKIP LOCKED
    );
    DELETE FROM value v WHERE v.handle = ANY (old);
    DELETE FROM token t WHERE t.handle = ANY (old);
    DELETE FROM session s WHERE s.handle = ANY (old);
    DELETE FROM once o USING (SELECT * FROM once WHERE until <= moment LIMIT most FOR UPDATE SKIP LOCKED) used
    WHERE (o.purpose, o.key, o.tenant, o.subject) = (used.purpose, used.key, used.tenant, used.subject);
    GET DIAGNOSTICS consumed = ROW_COUNT;
    told := (SELECT max(t.position) FROM termination t WHERE t.at <= told_before);
    upto := least(told, (SELECT min(t.position) FROM termination t) + most - 1);
    IF told IS NOT NULL THEN
        UPDATE purged p SET position = greatest(p.position, upto);
        DELETE FROM termination t WHERE t.position <= upto;
    END IF;
    forgotten := cardinality(old);
    more := forgotten = most OR consumed = most OR coalesce(upto < told, false);
END $$;

-- For after a backup was restored, and for its owner alone: ends every session, advances every epoch, and moves the
-- feed to where no reader has ever been, so that whoever still runs forgets what it cached.
CREATE FUNCTION end_all_sessions(because text, moment double precision) RETURNS bigint
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    ended bigint;
    ahead bigint;
BEGIN
    LOCK TABLE epoch, session IN EXCLUSIVE MODE;
    UPDATE epoch SET number = number + 1;
    UPDATE session SET ended_reason = because, ended_at = moment WHERE ended_reason IS NULL;
    GET DIAGNOSTICS ended = ROW_COUNT;
    DELETE FROM value;
    PERFORM pg_advisory_xact_lock(1397052243, feed_lock());
    ahead := setval('termination_position', newest_position() + 1099511627776);
    UPDATE purged SET position = ahead;
    DELETE FROM termination;
    RETURN ended;
END $$;
