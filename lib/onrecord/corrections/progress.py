"""How far the coders have come, in sentences."""

from __future__ import annotations

from collections import Counter

from onrecord.plain_english import count_of, listed
from onrecord.records import Analysis

NOBODY = "Nobody has decided anything yet: every label is the machine’s."


def what_was_decided(analysis: Analysis) -> list[str]:
    """How many statements are checked and by whom, what changed, what found no place, where coders differ."""
    analysis = analysis.full or analysis
    checking = analysis.checking
    checked = [s for s in analysis.statements if s.decided]
    if checking is None or not checking.coders:
        return [NOBODY]
    labels = Counter(label.replace("_", " ") for s in analysis.statements for label in s.corrected)
    changed = [f"{label} {count}" for label, count in labels.most_common()]
    machine, standing = {s.id for s in checking.machine.statements}, {s.id for s in analysis.statements}
    added, rejected = len(standing - machine), len(machine - standing)
    return [
        f"{len(checked)} of {count_of(len(standing), 'statement')} checked, by {listed(checking.coders)}.",
        f"Labels that differ from the machine’s: {listed(changed) or 'none'}.",
        f"{count_of(added, 'statement')} added, {rejected} rejected.",
        *(f"No place in this reading: {words}." for words in checking.orphaned),
        *(f"Contradiction: {words}." for words in checking.contradictions),
    ]
