"""The public pages, one module a question."""
