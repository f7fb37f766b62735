"""Portability between States: a card of one at a shop of another, reserved at home and posted at the shop."""
