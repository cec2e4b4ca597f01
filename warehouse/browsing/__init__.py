"""What the local page reads of a published snapshot."""
