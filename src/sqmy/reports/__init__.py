"""Reports: frozen values made from scores, and the formats they are written in."""
