"""Annotated text of the project's own: what speaks, what stays quiet, and how well the rules tell them apart."""
