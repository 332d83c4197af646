"""The page on one agreement."""
