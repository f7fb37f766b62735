"""Pages for everybody: what a family is due, whether it is eligible, by which rules, and how they came about."""
