-- What each column is for, and how long it is kept, is in DATA.md.
-- Times are milliseconds since 1970 (UTC).

CREATE TABLE tag_keys (
    key_id TEXT NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE instances (
    instance TEXT NOT NULL PRIMARY KEY,
    epoch INTEGER NOT NULL,
    opened_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE history (
    instance TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    session_id TEXT,
    step INTEGER,
    facts TEXT NOT NULL,
    key_id TEXT NOT NULL,
    mac BLOB NOT NULL,
    PRIMARY KEY (instance, epoch, seq)
) STRICT, WITHOUT ROWID;

-- No session takes the same step twice, whoever writes.
CREATE UNIQUE INDEX history_steps ON history (session_id, step) WHERE session_id IS NOT NULL;

CREATE TABLE policies (
    digest BLOB NOT NULL PRIMARY KEY,
    canonical TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    instance TEXT NOT NULL,
    caller TEXT NOT NULL,
    policy TEXT NOT NULL,
    digest BLOB NOT NULL REFERENCES policies (digest),
    account TEXT NOT NULL,
    environment TEXT NOT NULL,
    state TEXT NOT NULL,
    step INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    replaces TEXT,
    lease_epoch INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    scan_ref TEXT,
    expires_at INTEGER,
    closed_at INTEGER,
    erased_at INTEGER,
    code TEXT,
    status INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_scan_ref ON sessions (scan_ref) WHERE scan_ref IS NOT NULL;

CREATE TABLE people (
    session_id TEXT NOT NULL PRIMARY KEY REFERENCES sessions (id),
    client_id TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    salt BLOB NOT NULL,
    key_id TEXT,
    sealed BLOB,
    note TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX people_client ON people (client_id);

CREATE TABLE idempotency (
    caller TEXT NOT NULL,
    key_tag BLOB NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (caller, key_tag)
) STRICT, WITHOUT ROWID;

-- Whose keys a session has is asked when the ledger is verified.
CREATE INDEX idempotency_session ON idempotency (session_id);

CREATE TABLE slots (
    account TEXT NOT NULL,
    client_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    PRIMARY KEY (account, client_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE callers (
    name TEXT NOT NULL PRIMARY KEY,
    caller TEXT NOT NULL,
    hash BLOB NOT NULL,
    policies TEXT NOT NULL,
    scopes TEXT NOT NULL,
    rate_per_minute INTEGER,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE rate (
    account TEXT NOT NULL,
    at INTEGER NOT NULL,
    granted INTEGER NOT NULL,
    PRIMARY KEY (account, at)
) STRICT, WITHOUT ROWID;
