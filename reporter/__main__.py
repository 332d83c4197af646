"""Lets ``python -m reporter`` do what ``reporter`` does."""

from reporter.startup import keep_out_current_folder

keep_out_current_folder()  # before anything is looked for there

from reporter.cli import main  # noqa: E402 (see above)

if __name__ == "__main__":
    main(prog_name="reporter")
