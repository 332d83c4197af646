"""The package before a meeting."""
