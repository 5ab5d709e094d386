"""Headers that have browsers protect an answer: which, for which path, and which of the app's own they yield to."""
