"""Pages of the browser counter."""
