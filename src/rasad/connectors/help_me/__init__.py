"""Help Me: the citizens' mobile app."""
