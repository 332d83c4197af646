"""Records as sheets: out as a workbook, and in again."""

SHEETS = ("promises", "statements", "participants", "documents", "people")
"""The kinds of workbook."""
