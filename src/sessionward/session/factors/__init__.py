"""Ways to prove who somebody is, for a login, an unlock or a step-up."""
