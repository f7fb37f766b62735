"""The requests of devices seen lately, for the quick road and for Django alike: one process, one memory."""

from rasad.values.signed import Nonces

NONCES = Nonces()
