"""Stories of complaints."""
