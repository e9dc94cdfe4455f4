"""Databases of generated quotations, up to a million, and how fast they answer."""
