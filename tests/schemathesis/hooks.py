"""What OpenAPI cannot say of the interface."""

import schemathesis


@schemathesis.hook
def filter_case(context, case):
    """A dry run needs no `Idempotency-Key`: a header that is required unless a parameter of the query says so."""
    dry_run = str((case.query or {}).get("dry_run")).lower() == "true"
    has_key = any(name.lower() == "idempotency-key" for name in (case.headers or {}))
    return has_key or not dry_run
