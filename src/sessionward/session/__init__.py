"""The session layer: what a session is, what may become of it, where it is kept, and how frameworks reach it."""
