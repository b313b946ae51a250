"""Similarity: what looks or sounds alike. Pure; a likeness is a suspicion, never a decision."""
