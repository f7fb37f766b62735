"""Complaints with their number, whom they go to, and the reply that is owed."""
