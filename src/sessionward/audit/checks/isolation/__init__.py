"""Who is shown what, with which session or without one."""
