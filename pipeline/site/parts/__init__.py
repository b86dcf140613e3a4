"""site/parts."""
