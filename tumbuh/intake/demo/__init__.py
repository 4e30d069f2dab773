"""A made-up province: synthetic, seeded, plainly marked. No row in it comes from a real person."""
