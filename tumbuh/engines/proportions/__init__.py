"""Shares with their uncertainty. Plain Python; the door is `api`."""
