"""What is read about a family."""
