"""The reports in formats for other programs: JSON, tables as CSV, calendars as iCalendar."""
