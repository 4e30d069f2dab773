"""Who there is, where they may act, and what waits for them."""
