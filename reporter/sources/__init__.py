"""Documents as texts: their words, sentences and fingerprints; what of the records they hold."""
