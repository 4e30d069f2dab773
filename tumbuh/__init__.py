"""Tumbuh: the Satu Data platform with which a province brings childhood stunting down."""

__version__ = "0.1.0"
