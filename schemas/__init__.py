"""What the data is: articles, rejections, positions, rule sets and settings, as pydantic models."""
