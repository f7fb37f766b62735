"""What is due to every card of a State in a month: the one function of the rules, asked once for each kind of card."""
