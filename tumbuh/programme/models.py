"""The regulation as data, as loaded from `regulations/`."""
