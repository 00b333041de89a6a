"""Reasoning over figures by intervals: audit, agreement between sources, comparison."""
