"""The network that train_encoder.py trains and export_encoder.py turns into what ships: an encoder and its heads."""

from __future__ import annotations

import hashlib
from pathlib import Path

import torch
from torch import nn
from transformers import BertConfig, BertModel

from onrecord.records import ACTS
from onrecord.statements.decoding import TAGS
from onrecord.statements.encoder_lines import N_FEATURES

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TARGETS = ("none", "actor favor", "actor against", "issue favor", "issue against")
LINK_SIZE, STATEMENT_SIZE, TARGET_SIZE, LINE_SIZE = 96, 256, 128, 128


class Encoder(nn.Module):
    """Word vectors [batch, words, 384] and tag scores [batch, words, 7]: the part that is exported."""

    def __init__(self, config: BertConfig):
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        self.feature = nn.Embedding(N_FEATURES, config.hidden_size)
        nn.init.zeros_(self.feature.weight)
        self.dropout = nn.Dropout(0.1)
        self.tag = nn.Linear(config.hidden_size, len(TAGS))

    def forward(self, ids, features, mask, starts):
        embedded = self.bert.embeddings.word_embeddings(ids) + self.feature(features)
        hidden = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        words = self.dropout(torch.gather(hidden, 1, starts.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])))
        return words, self.tag(words)


class Heads(nn.Module):
    """What reads the word vectors: links, acts, hedged, targets of stance."""

    def __init__(self, size: int):
        super().__init__()
        self.link_cue = nn.Linear(size, 2 * LINK_SIZE)
        self.link_word = nn.Linear(size, 2 * LINK_SIZE)
        self.link_bias = nn.Parameter(torch.tensor([-2.0, -2.0]))
        self.statement = nn.Linear(4 * size, STATEMENT_SIZE)
        self.act = nn.Linear(STATEMENT_SIZE, len(ACTS))
        self.hedged = nn.Linear(STATEMENT_SIZE, 1)
        self.target_statement = nn.Linear(STATEMENT_SIZE, TARGET_SIZE)
        self.target_word = nn.Linear(size, TARGET_SIZE)
        self.target = nn.Linear(TARGET_SIZE, len(TARGETS))
        self.stance_line = nn.Linear(3 * size, LINE_SIZE)
        self.stance_told = nn.Linear(LINE_SIZE, 3)
        self.answer_line = nn.Linear(4 * size, LINE_SIZE)
        self.answer_told = nn.Linear(LINE_SIZE, 1)
        self.dropout = nn.Dropout(0.1)

    def stances(self, words, names, mentions):
        """Scores [candidates, 3] of one line."""
        return self.stance_told(self.dropout(nn.functional.gelu(self.stance_line(self.named(words, names, mentions)))))

    def named(self, words, names, mentions):
        """Per candidate the vectors of the line's first piece, the candidate's name and its mentions."""
        empty = words.new_zeros(words.shape[1])
        mean = lambda index: words[index].mean(0) if len(index) else empty  # noqa: E731
        return torch.stack([torch.cat([words[0], mean(n), mean(m)]) for n, m in zip(names, mentions, strict=True)])

    def answers(self, words, names, answer):
        """Scores [candidates] of one line: its first piece, the answer, the candidate, and these two multiplied."""
        said = words[answer].mean(0)
        means = [words[index].mean(0) if len(index) else torch.zeros_like(said) for index in names]
        rows = [torch.cat([words[0], said, mean, said * mean]) for mean in means]
        return self.answer_told(self.dropout(nn.functional.gelu(self.answer_line(torch.stack(rows)))))[:, 0]

    def links(self, words, cues):
        """Scores [cues, words, 2] (source, content) for the cue words ``cues`` of one window."""
        head = self.link_cue(words[cues]).view(len(cues), 2, LINK_SIZE)
        tail = self.link_word(words).view(len(words), 2, LINK_SIZE)
        return torch.einsum("crd,wrd->cwr", head, tail) / LINK_SIZE**0.5 + self.link_bias

    def pool(self, words, source, cue, content):
        empty = words.new_zeros(words.shape[1])
        mean = [words[index].mean(0) if len(index) else empty for index in (cue, content, source)]
        top = words[content].max(0).values if len(content) else empty
        return torch.cat([mean[0], mean[1], top, mean[2]])

    def read(self, pooled):
        return self.dropout(nn.functional.gelu(self.statement(pooled)))

    def targets(self, statement, words):
        mixed = nn.functional.gelu(self.target_statement(statement) + self.target_word(words))
        return self.target(mixed)


class Model(nn.Module):
    def __init__(self, config: BertConfig):
        super().__init__()
        self.encoder = Encoder(config)
        self.heads = Heads(config.hidden_size)


def load_base(folder: Path) -> Model:
    weights = folder / "model.safetensors"
    if hashlib.sha256(weights.read_bytes()).hexdigest() != BASE_SHA256:
        raise SystemExit(f"{weights}: not the weights of all-MiniLM-L6-v2 this was trained from")
    model = Model(BertConfig.from_pretrained(folder))
    model.encoder.bert = BertModel.from_pretrained(folder, add_pooling_layer=False)
    return model
