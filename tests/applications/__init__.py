"""Stories of applications: from the slip to the card, the change or the reasoned refusal."""
