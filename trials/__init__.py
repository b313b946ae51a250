"""Faults tried on real ledgers: `make faults` does all of it, in a few minutes.

Each trial lets something go wrong (a kill, a full disk, an error of the disk, a power cut, many
writers), opens the ledger again and asks: is all there that was acknowledged, is nothing there
half, and does it verify?
"""
