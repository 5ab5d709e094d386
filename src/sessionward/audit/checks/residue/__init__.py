"""What another site can make a browser do."""
