"""Every write of the activities room."""
