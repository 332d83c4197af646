"""A text to the draft of a record: rules and words of its language, and names the project knows."""
