"""The counter on paper: the receipt of a sale for a 58 mm printer, and the notice that hangs in every shop."""
