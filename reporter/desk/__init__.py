"""What is done at the desk beside building: begin, look, check, compare."""
