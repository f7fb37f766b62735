"""Pages about a family."""
