"""Sessions as a team builds them by hand: sound as they stand, and the place for the flaws that such work has."""
