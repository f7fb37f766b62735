"""What happens to tokens on their way to families: each act one transaction, with its entry in the journal."""
