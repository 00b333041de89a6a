"""Benchmarks: `python -m tests.benchmarks` measures all of them; `--only SECTION` some."""
