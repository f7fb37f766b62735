"""Where tokens are on their way, and what became of them."""
