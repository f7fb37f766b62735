"""PPP: the State's register of families, Parivaar Pehchaan Patra."""
