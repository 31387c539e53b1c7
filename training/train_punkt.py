"""Train the sentence splitter: Punkt's parameters from plain news text.

    python training/train_punkt.py ARTICLES.jsonl --out lib/onrecord/models/punkt.json

ARTICLES.jsonl holds one {"text": …} a line. Only abbreviations, collocations, sentence starters and the
orthographic context of words seen five times or more are kept: parameters, no text.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from nltk.tokenize.punkt import PunktTrainer

from onrecord.text.tokens import _PLAIN
from shared.gold import load_rows


def train(path: Path) -> dict[str, object]:
    """Punkt's parameters, learned without labels from the texts in ``path``."""
    trainer = PunktTrainer()
    trainer.INCLUDE_ALL_COLLOCS = True
    trainer.INCLUDE_ABBREV_COLLOCS = True
    for row in load_rows(path):
        trainer.train(row["text"].translate(_PLAIN), finalize=False)
    frequencies = trainer._type_fdist
    trainer.finalize_training()
    parameters = trainer.get_params()
    context = {word: flags for word, flags in parameters.ortho_context.items() if frequencies[word] >= 5}
    return {
        "abbreviations": sorted(parameters.abbrev_types),
        "collocations": sorted(map(list, parameters.collocations)),
        "sentence_starters": sorted(parameters.sent_starters),
        "orthographic_context": dict(sorted(context.items())),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--out", type=Path, default=Path("lib/onrecord/models/punkt.json"))
    args = parser.parse_args()
    args.out.write_text(json.dumps(train(args.articles), ensure_ascii=False), encoding="utf-8")
    print(args.out)


if __name__ == "__main__":
    main()
