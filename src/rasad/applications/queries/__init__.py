"""What is asked about applications."""
