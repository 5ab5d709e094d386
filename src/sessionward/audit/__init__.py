"""The auditor: explore, calibrate, experiment, report."""
