"""Charts: pure functions from views to shapes and labels that ``templates/charts.html`` prints.

Pygal and Matplotlib draw their own kinds of chart, svgwrite is no longer maintained, and drawsvg
and svg.py write markup themselves. We need only paths, and the template and its stylesheet decide
their colours and labels, so shapes as data are simpler than any of these.
"""

from reporter.formats.charts.drawing import Chart, Shape, Text
from reporter.formats.charts.plans import plans_chart, slip
from reporter.formats.charts.relations_chart import AgreementBox, relations_chart, relations_drawn
from reporter.formats.charts.timeline import timeline_chart

__all__ = [
    "AgreementBox",
    "Chart",
    "Shape",
    "Text",
    "plans_chart",
    "relations_chart",
    "relations_drawn",
    "slip",
    "timeline_chart",
]
