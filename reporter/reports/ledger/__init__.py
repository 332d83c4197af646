"""Every promise, and what became of it."""
