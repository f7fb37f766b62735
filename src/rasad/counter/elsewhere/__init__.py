"""Our cards at shops of other States: what those States are told, what they reserve, sell and let go."""
