"""All that one body took part in, owes and is owed."""
