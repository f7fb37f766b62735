"""Other ways to do what a bench measures, on the same contents in the same run."""
