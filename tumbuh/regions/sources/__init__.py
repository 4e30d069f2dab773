"""Where regions come from: one module for each source, all giving the same plain rows."""
