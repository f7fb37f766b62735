"""Rasad: from a family's record to grain in its bag, exactly once, in the open."""
