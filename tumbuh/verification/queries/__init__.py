"""Reading packages: where they stand, what waits for whom, until when."""
