"""reading/metadata."""
