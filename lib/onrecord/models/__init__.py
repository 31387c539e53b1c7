"""Trained parameters, each with a card (.md) that says what it is, how it was trained and how good it is.

In: a file's name. Out: its numbers, or an error that says what to do. It never trains (that is ``training/``) and
never looks at an article.
"""

from onrecord.models.linear import Floats, LinearModel, Rows, load_model, sigmoid, softmax
from onrecord.models.parameters import damaged, read_arrays, read_bytes, read_json

__all__ = [
    "Floats",
    "LinearModel",
    "Rows",
    "damaged",
    "load_model",
    "read_arrays",
    "read_bytes",
    "read_json",
    "sigmoid",
    "softmax",
]
