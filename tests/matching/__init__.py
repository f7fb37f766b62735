"""Stories of pairs of people: found, judged, confirmed, taken back."""
