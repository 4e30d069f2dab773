"""Where a monthly share is going at its present pace. Plain Python; the door is `api`."""
