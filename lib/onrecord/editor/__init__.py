"""The editor of notebook 07: one statement at a time, its labels put right by mouse or by keys.

In: an ``Analysis`` and the file of its corrections. Out: a widget that writes each decision to the file before it
shows it. It never writes to the article and never counts anything itself.
"""

from onrecord.editor.queues import ORDERS, queue
from onrecord.editor.widget import Editor, put_right

__all__ = ["ORDERS", "Editor", "put_right", "queue"]
