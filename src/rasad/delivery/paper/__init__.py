"""The delivery of tokens on paper."""
