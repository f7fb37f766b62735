"""AePDS: the Aadhaar enabled Public Distribution System that shops sell by."""
