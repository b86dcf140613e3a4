"""site/serving."""
