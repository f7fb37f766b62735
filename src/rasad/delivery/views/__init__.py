"""Pages of the delivery of tokens: offices, committees, citizens, headquarters."""
