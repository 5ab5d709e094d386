"""What apps call things, by language: data, no logic."""
