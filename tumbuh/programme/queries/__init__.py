"""Reading regulations, obligations and their evidence."""
