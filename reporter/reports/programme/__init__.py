"""The page on one programme."""
