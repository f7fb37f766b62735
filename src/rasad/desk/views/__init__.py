"""Pages of the relief desk."""
