"""Tumbuh: the Satu Data platform with which a province brings childhood stunting down."""
