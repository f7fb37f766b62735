"""Reads. Each is given the rows its reader may see (accounts.access) and answers about no others."""
