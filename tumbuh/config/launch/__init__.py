"""Sets the project up on a machine and runs it: `make run`, `make test` and their kin."""
