-- The tables. Every primary key begins with what a table can be partitioned by, and no table refers to another by
-- a foreign key, so that each can be partitioned by itself. Names and keys compare by bytes (collation "C").

CREATE TABLE session (
    handle text COLLATE "C" PRIMARY KEY,
    digest bytea NOT NULL,
    tenant text COLLATE "C",
    subject text COLLATE "C",
    epoch bigint NOT NULL,
    version bigint NOT NULL,
    state text NOT NULL,
    created double precision NOT NULL,
    last_active double precision NOT NULL,
    deadline double precision NOT NULL,
    core text NOT NULL,
    writes bigint NOT NULL DEFAULT 0,
    ended_reason text,
    ended_at double precision,
    CHECK ((tenant IS NULL) = (subject IS NULL)),
    CHECK ((ended_reason IS NULL) = (ended_at IS NULL))
) WITH (fillfactor = 80); -- room in the page: activity is written over without touching an index
CREATE INDEX session_of_subject ON session (tenant, subject) WHERE ended_reason IS NULL;
CREATE INDEX session_deadline ON session (deadline);

-- All tokens that ever led to a session, so that one key keeps a digest unique among current and renewed ones.
CREATE TABLE token (
    digest bytea PRIMARY KEY,
    handle text COLLATE "C" NOT NULL,
    grace_until double precision NOT NULL DEFAULT 0,
    successor bytea -- NULL in the current one
);
CREATE INDEX token_of_session ON token (handle);

CREATE TABLE value (
    handle text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (handle, key)
);

-- One row for each subject that ever logged in. Logins and ends of all sessions of a subject queue for its row.
CREATE TABLE epoch (
    tenant text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    PRIMARY KEY (tenant, subject)
) WITH (fillfactor = 80);

CREATE TABLE once (
    purpose text COLLATE "C" NOT NULL,
    key bytea NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    until double precision NOT NULL,
    PRIMARY KEY (purpose, key, tenant, subject)
);
CREATE INDEX once_until ON once (until);

CREATE SEQUENCE termination_position; -- CACHE 1, else positions are drawn before the feed's lock is taken
CREATE TABLE termination (
    position bigint PRIMARY KEY,
    handle text,
    tenant text,
    subject text,
    epoch bigint,
    reason text, -- NULL where a session changed and lives on; then at is, too
    at double precision
);
CREATE INDEX termination_at ON termination (at) WHERE at IS NOT NULL;
CREATE TABLE purged (
    position bigint NOT NULL
);
INSERT INTO purged VALUES (0);

CREATE TABLE trail (
    tenant text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    content bytea NOT NULL,
    link bytea NOT NULL,
    PRIMARY KEY (tenant, position)
);
-- The last link of each trail; appending to a trail queues for its row.
CREATE TABLE trail_end (
    tenant text COLLATE "C" PRIMARY KEY,
    position bigint NOT NULL,
    link bytea NOT NULL
) WITH (fillfactor = 50);

-- What has been applied; without being allowed to read the table, whoever runs the store can see whether it fits.
CREATE FUNCTION schema_version(OUT numbers integer[], OUT checksums text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    SELECT array_agg(m.number ORDER BY m.number), array_agg(m.checksum ORDER BY m.number) INTO numbers, checksums
    FROM migration m;
END $$;
