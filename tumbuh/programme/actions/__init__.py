"""Loading a regulation."""

from tumbuh.programme.actions.loading import LoadResult, load_regulation

__all__ = ["LoadResult", "load_regulation"]
