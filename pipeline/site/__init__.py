"""The Datasette side: reads kb.db, imports nothing of the stages; SQL is the wall between."""
