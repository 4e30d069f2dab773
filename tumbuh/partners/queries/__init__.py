"""What partners do, who may read it, and what of it is evidence."""
