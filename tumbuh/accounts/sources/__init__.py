"""What of the accounts room is data in `definitions/`."""
