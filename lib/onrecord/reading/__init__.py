"""The reading view: the article with its statements marked, charts whose parts lead to them. HTML without script.

In: an ``Analysis``, a ``Chart``. Out: HTML, everything from the article escaped. It never loads anything from outside.
"""

from onrecord.reading.cards import escape, link_to
from onrecord.reading.linked_charts import chart_html, linked_ids, picture_html, spot_groups, spot_links
from onrecord.reading.style_sheet import FILTERS_SHEET, PANES_SHEET, TABLE_RESET
from onrecord.reading.view import reading_view, statement_table

__all__ = [
    "FILTERS_SHEET",
    "PANES_SHEET",
    "TABLE_RESET",
    "chart_html",
    "escape",
    "link_to",
    "linked_ids",
    "picture_html",
    "reading_view",
    "spot_groups",
    "spot_links",
    "statement_table",
]
