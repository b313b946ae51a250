"""The workspace: the one place where ledger, rulebook, scoring and intake are put together."""
