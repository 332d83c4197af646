"""Two meetings side by side."""
