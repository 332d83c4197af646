"""The series at a glance."""
