"""A made-up state to try everything on: shaped like the real one, with no real person in it."""
