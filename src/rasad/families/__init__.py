"""A family on one screen: found by the official at the desk, and its own page for the family itself."""
