"""A whole audit from its first page to its last: enter, explore, calibrate, experiment, put back, leave."""
