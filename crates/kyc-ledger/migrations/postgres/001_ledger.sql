-- What each column is for, and how long it is kept, is in DATA.md.
-- Times are milliseconds since 1970 (UTC).

CREATE TABLE tag_keys (
    key_id TEXT NOT NULL PRIMARY KEY,
    sealed BYTEA NOT NULL
);

CREATE TABLE instances (
    instance TEXT NOT NULL PRIMARY KEY,
    epoch BIGINT NOT NULL,
    opened_at BIGINT NOT NULL
);

CREATE TABLE history (
    instance TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    session_id TEXT,
    step BIGINT,
    facts TEXT NOT NULL,
    key_id TEXT NOT NULL,
    mac BYTEA NOT NULL,
    PRIMARY KEY (instance, epoch, seq)
);

-- No session takes the same step twice, whoever writes.
CREATE UNIQUE INDEX history_steps ON history (session_id, step) WHERE session_id IS NOT NULL;

CREATE TABLE policies (
    digest BYTEA NOT NULL PRIMARY KEY,
    canonical TEXT NOT NULL
);

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    instance TEXT NOT NULL,
    caller TEXT NOT NULL,
    policy TEXT NOT NULL,
    digest BYTEA NOT NULL REFERENCES policies (digest),
    account TEXT NOT NULL,
    environment TEXT NOT NULL,
    state TEXT NOT NULL,
    step BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    replaces TEXT,
    lease_epoch BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    scan_ref TEXT,
    expires_at BIGINT,
    closed_at BIGINT,
    erased_at BIGINT,
    code TEXT,
    status BIGINT
);

CREATE INDEX sessions_scan_ref ON sessions (scan_ref) WHERE scan_ref IS NOT NULL;

CREATE TABLE people (
    session_id TEXT NOT NULL PRIMARY KEY REFERENCES sessions (id),
    client_id TEXT NOT NULL,
    fingerprint BYTEA NOT NULL,
    salt BYTEA NOT NULL,
    key_id TEXT,
    sealed BYTEA,
    note TEXT
);

CREATE INDEX people_client ON people (client_id);

CREATE TABLE idempotency (
    caller TEXT NOT NULL,
    key_tag BYTEA NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (caller, key_tag)
);

-- Whose keys a session has is asked when the ledger is verified.
CREATE INDEX idempotency_session ON idempotency (session_id);

CREATE TABLE slots (
    account TEXT NOT NULL,
    client_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    PRIMARY KEY (account, client_id)
);

CREATE TABLE callers (
    name TEXT NOT NULL PRIMARY KEY,
    caller TEXT NOT NULL,
    hash BYTEA NOT NULL,
    policies TEXT NOT NULL,
    scopes TEXT NOT NULL,
    rate_per_minute BIGINT,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

CREATE TABLE rate (
    account TEXT NOT NULL,
    at BIGINT NOT NULL,
    granted BIGINT NOT NULL,
    PRIMARY KEY (account, at)
);
