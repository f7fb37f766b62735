"""The twin of the Registered Device software that stands between a fingerprint reader and a terminal."""
