"""Many documents at once: an archive of files and a table that says what each is."""
