"""The briefing before a visit to a party."""
