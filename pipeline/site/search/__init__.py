"""site/search."""
