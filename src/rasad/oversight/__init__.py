"""Reviews of the register and removal by due process: campaigns, cases, Antyodaya lists of the Gram Sabha."""
