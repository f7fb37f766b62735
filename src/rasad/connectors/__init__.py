"""Other organisations' systems, a folder each: client, twin, recorded replies, README. No Django."""
