"""Pages that every register shares."""
