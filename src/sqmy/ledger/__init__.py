"""The ledger: insert-only typed facts in SQL, chained by hashes. Nothing else speaks SQL."""
