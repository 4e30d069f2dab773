"""Every write of the audit room."""
