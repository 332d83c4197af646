"""What several kinds of report share: pieces of views, and how they are put together."""
