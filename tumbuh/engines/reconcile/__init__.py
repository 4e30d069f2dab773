"""Survey and routine figure of one place beside each other. Plain Python; the door is `api`."""
