"""Messages to telephones through the government's gateway (Mobile Seva). Start with the README of this folder."""
