"""The tables of the SQLite store."""

VERSION = 2

TABLES = """
CREATE TABLE session (
    handle TEXT PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    tenant TEXT,
    subject TEXT,
    epoch INTEGER NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    created REAL NOT NULL,
    last_active REAL NOT NULL,
    deadline REAL NOT NULL,
    core TEXT NOT NULL,
    writes INTEGER NOT NULL DEFAULT 0,
    ended_reason TEXT,
    ended_at REAL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_of_subject ON session (tenant, subject) WHERE ended_reason IS NULL;
CREATE INDEX session_deadline ON session (deadline);
CREATE TABLE retired (
    digest BLOB PRIMARY KEY,
    handle TEXT NOT NULL,
    grace_until REAL NOT NULL,
    successor BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX retired_handle ON retired (handle);
CREATE TABLE value (
    handle TEXT NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (handle, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE epoch (
    tenant TEXT NOT NULL,
    subject TEXT NOT NULL,
    number INTEGER NOT NULL,
    reason TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (tenant, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE once (
    purpose TEXT NOT NULL,
    key BLOB NOT NULL,
    tenant TEXT NOT NULL,
    subject TEXT NOT NULL,
    until REAL NOT NULL,
    PRIMARY KEY (purpose, key, tenant, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE termination (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    handle TEXT,
    tenant TEXT,
    subject TEXT,
    epoch INTEGER,
    reason TEXT,
    at REAL
) STRICT;
CREATE TABLE purged (
    position INTEGER NOT NULL
) STRICT;
INSERT INTO purged VALUES (0);
CREATE TABLE trail (
    tenant TEXT NOT NULL,
    position INTEGER NOT NULL,
    content BLOB NOT NULL,
    link BLOB NOT NULL,
    PRIMARY KEY (tenant, position)
) STRICT, WITHOUT ROWID;
"""
