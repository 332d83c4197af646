"""HTML to PDF, for the archive and the screen reader at once. Only this package knows WeasyPrint.

WeasyPrint lays out and draws; what it logs becomes problems (``rendering``). Only files of the
theme and of the font packages are fetched (``fetcher``), and every glyph comes from the theme's
faces (``fonts``). The structure tree that a screen reader follows is built from the HTML here, not
by WeasyPrint (``tags``, ``structure``); metadata, the embedded record and links are made fit for
PDF/A-3a and PDF/UA-1 (``archive``).
"""

from reporter.formats.pdf.loading import known_by_name
from reporter.problems import stop

try:
    with known_by_name():
        import weasyprint  # noqa: F401 (first of all, so that one message tells what is missing)
except OSError as error:
    HINT = (
        "Debian or Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
        "Fedora: dnf install pango; "
        "Alpine: apk add pango; macOS: brew install pango; "
        "Windows: install MSYS2 and there pacman -S mingw-w64-x86_64-pango, "
        "then set WEASYPRINT_DLL_DIRECTORIES=C:\\msys64\\mingw64\\bin"
    )
    stop(None, f"Pango, which lays out text, is missing: {str(error).splitlines()[0]}", HINT)

from reporter.formats.pdf.rendering import Rendered, make, render

__all__ = ["Rendered", "make", "render"]
