"""Dataset folders: read, checked, loaded into the database, and exported."""
