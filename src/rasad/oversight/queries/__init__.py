"""What is asked about cases, campaigns and lists."""
