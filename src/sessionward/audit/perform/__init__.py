"""Turns probes into actions: drives tabs along the flows that exploration found, and judges with the oracle."""
