"""What is done with an application, by whom it may be."""
