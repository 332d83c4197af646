"""The binder of a visit: its reports as one document, with contents and tabs."""
