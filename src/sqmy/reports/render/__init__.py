"""Formats: each module writes the same report value in its own way."""
