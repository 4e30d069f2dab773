"""Protects small counts before figures leave the platform. Plain Python; the door is `api`."""
