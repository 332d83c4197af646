"""The briefing before a meeting."""
