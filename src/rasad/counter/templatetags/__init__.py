"""How the counter's pages write what they show."""
