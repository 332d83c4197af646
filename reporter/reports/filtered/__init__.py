"""A part of the ledger: what concerns a party, what a body owes, what stands so, what is due."""
