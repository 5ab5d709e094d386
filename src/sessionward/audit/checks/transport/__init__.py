"""How tokens travel and where scripts can read them."""
