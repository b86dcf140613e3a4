"""reading/formats/web."""
