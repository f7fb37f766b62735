"""PDS: the State's database of ration cards."""
