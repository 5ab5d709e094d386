"""The session layer inside Django: an engine, a middleware, what listens to Django's accounts, and a command."""
