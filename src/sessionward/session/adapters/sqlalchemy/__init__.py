"""The guard for SQLAlchemy."""
