"""The local page: what is published, to be searched, read in its articles and judged."""
