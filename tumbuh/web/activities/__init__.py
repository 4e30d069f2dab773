"""Pages of activities: the calendar, one activity with its record, follow-ups, calendar files."""
