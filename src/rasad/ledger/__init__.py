"""The ledger: accounts and transfers of grain and money. Nobody else writes a balance."""
