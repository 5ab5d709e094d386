"""Whose objects are, and who may see them."""
