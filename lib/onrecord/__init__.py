"""onrecord: who is on record with what. Claims, denials and stances in news articles."""

from onrecord.records import Analysis, Article, Dispute, Response, Span, Stance, Statement

__version__ = "0.1.0"
__all__ = ["Analysis", "Article", "Dispute", "Response", "Span", "Stance", "Statement"]
