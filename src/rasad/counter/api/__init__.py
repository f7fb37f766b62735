"""The devices' API: what an e-PoS terminal asks for, signed request by request."""
