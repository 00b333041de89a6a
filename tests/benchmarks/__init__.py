"""What a run costs (`python -m tests.benchmarks`), and how well look-up and quantities do."""
