"""Documents to telephones through WhatsApp (Meta's Cloud API). Start with the README of this folder."""
