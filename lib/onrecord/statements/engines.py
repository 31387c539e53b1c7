"""The engines by name: a tagger each, loaded when it is first asked for."""

from __future__ import annotations

from onrecord.records import OnrecordError
from onrecord.statements.tagger import Tagger

ENGINES = ("default", "fast")


def load_tagger(engine: str) -> Tagger:
    """The tagger of that name, loaded once. Raises ``OnrecordError`` for an unknown name or a missing model."""
    if engine == "default":
        from onrecord.statements.encoder import load_encoder

        return load_encoder()
    if engine == "fast":
        from onrecord.statements.crf import load_crf

        return load_crf()
    raise OnrecordError(f"no engine is called {engine!r}: choose one of {', '.join(ENGINES)}")
