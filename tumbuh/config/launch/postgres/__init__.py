"""The built-in PostgreSQL server: found, made, started, proved, shared and stopped, with nothing installed by hand."""
