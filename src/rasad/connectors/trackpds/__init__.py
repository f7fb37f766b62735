"""TrackPDS: grain on its way to the shops."""
