"""Pages about shops, their hours and their devices."""
