"""site/pages."""
