"""Definitions as data: the condition language, and the checks that tell a mistake with file and key."""
