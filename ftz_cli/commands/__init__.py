"""The commands: each fetches, then renders."""
