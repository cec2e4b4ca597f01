"""Watches: what is new for an actor, an issue or a pair, told to the terminal, a feed, a webhook or a command."""
