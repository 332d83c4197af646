"""Drafts a record from a text, by words and rules of its language and names the project knows."""
