"""The pages of relief: how many, where stuck, and the story of each row, token, shop and run."""
