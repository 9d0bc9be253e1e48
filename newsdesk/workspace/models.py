"""What a reader keeps for their work: views, what was read, collections."""
