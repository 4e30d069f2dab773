"""`python -m tumbuh` is the same as the command `tumbuh`."""

from tumbuh.config.command import main

if __name__ == "__main__":
    main()
