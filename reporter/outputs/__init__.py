"""What a build writes: who makes it, what is up to date, and files that are whole."""
