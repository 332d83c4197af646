"""What happened in a year, and what was promised in it."""
