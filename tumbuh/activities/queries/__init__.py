"""Every read of the activities room."""
