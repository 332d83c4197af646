"""Briefings from structured records of meetings and agreements."""
