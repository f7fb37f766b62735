"""The portal of the Unit and Local Committees."""
