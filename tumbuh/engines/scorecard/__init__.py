"""The national village scorecard: who received what in a quarter, and the five tables."""
