"""Similar meaning beside shared words."""
