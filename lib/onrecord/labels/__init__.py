"""What each statement does: its act, whether it is hedged, whom or what its source is for or against.

In: attributions with their actors, and what the tagger saw of each. Out: acts and stances with a score and the words
they rest on. It never links one statement to another.
"""

from onrecord.labels.acts import tag_acts
from onrecord.labels.stances import tag_stances

__all__ = ["tag_acts", "tag_stances"]
