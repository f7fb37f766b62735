"""Finds by itself what is wrong between rows: overlaps, gaps, rows out of force, contradictions.

Each module looks for one kind of thing in every pack, by its shape and never by the name of a row. What has
been thought through and settled is listed in a folder's resolved.yaml and is shown as such; the rest is not.
"""
