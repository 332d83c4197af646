"""Each form in which a report can be had."""
