"""What is written about a family."""
