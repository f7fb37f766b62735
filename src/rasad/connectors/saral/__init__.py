"""SARAL: applications for a BPL card."""
