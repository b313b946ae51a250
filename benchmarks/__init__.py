"""The figures of docs/performance.md: `python -m benchmarks` measures and writes them.

Every figure is a ratio to a yardstick that ran in turn with it on the same machine.
"""
