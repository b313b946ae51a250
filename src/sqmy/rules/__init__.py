"""The rulebook: a regulation typed as YAML, read strictly into frozen values."""
