"""The command line. Only this package knows Click; each command is options, a call and a report."""

from __future__ import annotations

import errno
import gc
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import click

from reporter.cli.building import build
from reporter.cli.comparing import changes, verify
from reporter.cli.drafting import draft
from reporter.cli.recording import check, explain, init, new, review, schema, source
from reporter.cli.sheets import ask, sheet, take
from reporter.cli.showing import completion, list_, serve, todo
from reporter.outputs.terminal import open_streams, say, silence
from reporter.startup import keep_out_current_folder

COMMANDS = (
    ask,
    build,
    changes,
    check,
    completion,
    draft,
    explain,
    init,
    list_,
    new,
    review,
    schema,
    serve,
    sheet,
    source,
    take,
    todo,
    verify,
)


def _say_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001
    if not asked or ctx.resilient_parsing:
        return
    from importlib import metadata  # noqa: PLC0415 (only for this option)

    try:
        say(f"reporter, version {metadata.version('reporter-briefings')}")
    except metadata.PackageNotFoundError:
        say("reporter, not installed: run from a checkout")
    ctx.exit()


class _Commands(click.Group):
    """The commands; whatever Click says of their use goes through our door, too."""

    def main(self, *args: Any, **how: Any) -> Any:  # noqa: ANN401 (as Click has it)
        """Do what the command line says.

        A full disk behind the standard output is told, and is no fault of ours.
        """
        keep_out_current_folder()
        open_streams()
        try:
            code = super().main(*args, **{**how, "standalone_mode": False})
        except click.ClickException as error:
            _say_wrong_use(error)
            sys.exit(error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            say("Aborted!", err=True)
            sys.exit(1)
        except OSError as error:
            if error.filename is not None or error.errno not in FULL:
                raise
            silence(sys.stdout)
            say(f"error: the standard output cannot be written: {error.strerror}", err=True)
            sys.exit(1)
        gc.freeze()  # or the collector would look through all that was read, as the process ends
        sys.exit(code if isinstance(code, int) else 0)


FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def _say_wrong_use(error: click.ClickException) -> None:
    told = StringIO()
    error.show(told)
    for line in told.getvalue().expandtabs(4).rstrip("\n").split("\n"):
        say(line, err=True)


@click.group(
    cls=_Commands,
    commands=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Turn structured records of meetings and agreements into briefings, as HTML and PDF."""
    try:
        Path.cwd()
    except FileNotFoundError:
        message = "the current folder is no more: change to another one"
        raise click.ClickException(message) from None
