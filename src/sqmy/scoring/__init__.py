"""Scoring: pure functions from a Snapshot and a Rulebook to a ScoreBook."""
