"""How frameworks reach the session layer."""
