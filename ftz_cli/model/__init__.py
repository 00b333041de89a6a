"""What the data says: figures, zones, initiatives, metrics, sources, claims, and the schema."""
