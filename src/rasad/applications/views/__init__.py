"""Pages of applications: of the office, of the citizen, and for everybody."""
