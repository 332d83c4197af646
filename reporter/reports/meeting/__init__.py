"""The briefing on a meeting."""
