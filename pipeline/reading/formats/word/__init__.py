"""reading/formats/word."""
