"""site/english."""
