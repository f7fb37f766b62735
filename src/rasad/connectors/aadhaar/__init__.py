"""Aadhaar: is this the person, says UIDAI. Start with the README of this folder."""
