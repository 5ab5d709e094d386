"""What happens to a session over its life: login, logout, timeouts, changes of the password."""
