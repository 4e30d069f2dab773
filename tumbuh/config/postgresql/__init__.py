"""Django's PostgreSQL backend, with the scope of the work in hand carried into each statement."""
