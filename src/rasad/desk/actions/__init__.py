"""What officers do at the relief desk: each act one transaction, with its entry in the journal."""
