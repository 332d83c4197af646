"""Records as sheets: out as a workbook, and in again."""
