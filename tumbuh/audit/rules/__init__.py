"""Pure decisions of the audit room."""
