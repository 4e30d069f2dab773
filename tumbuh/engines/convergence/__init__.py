"""Target groups, what is due to whom, and why."""
