"""The counter: visits, how a card shows who holds it, sales."""
