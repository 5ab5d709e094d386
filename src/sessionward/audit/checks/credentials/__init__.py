"""Credentials where they touch sessions: re-authentication, throttling."""
