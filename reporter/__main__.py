"""Lets ``python -m reporter`` do what ``reporter`` does."""

from reporter.cli import main

if __name__ == "__main__":
    main(prog_name="reporter")
