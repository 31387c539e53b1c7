"""The desk: filter boxes around the tables, charts and text that the notebooks print.

In: an ``Analysis``. Out: widgets for a notebook. What is clicked is what is printed: it never counts anything itself.
"""

from onrecord.desk.widgets import explore, filter_by_actor

__all__ = ["explore", "filter_by_actor"]
