"""What citizens ask for on the charter's clock: cards, changes, certificates; from slip to card or reasoned refusal."""
