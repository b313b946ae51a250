"""Intake: the offices' spreadsheets as drafts of facts. Reads files, knows no ledger."""
