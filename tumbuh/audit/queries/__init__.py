"""Reading the trail and checking it."""
