"""The page that leads to all others."""
