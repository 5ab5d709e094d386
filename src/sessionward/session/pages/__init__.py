"""What browsers are given, so that people are warned before a session ends and lose nothing by it."""
