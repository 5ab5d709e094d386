"""How tokens are made and what stands in them."""
