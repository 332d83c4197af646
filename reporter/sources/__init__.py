"""Documents as texts: their words, sentences and fingerprints, and what of the records they hold."""
