"""Sessions kept by the session layer."""
