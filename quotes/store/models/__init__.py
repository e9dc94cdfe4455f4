"""The tables, one module per noun."""

from quotes.store.models.base import Base
from quotes.store.models.document import Document, DocumentVersion
from quotes.store.models.naming import (
    Appearance,
    DecisionAction,
    Naming,
    NamingWord,
    SpeakerDecision,
    SpeakerMerge,
)
from quotes.store.models.quotation import (
    Attribution,
    Quotation,
    QuotationSpan,
    Role,
    Utterance,
    UtteranceMember,
)
from quotes.store.models.review import Review, ReviewAction
from quotes.store.models.run import Run, RunStatus, RunVersion
from quotes.store.models.speaker import Speaker, SpeakerAlias, SpeakerMember

__all__ = [
    "Appearance",
    "Attribution",
    "Base",
    "DecisionAction",
    "Document",
    "DocumentVersion",
    "Naming",
    "NamingWord",
    "Quotation",
    "QuotationSpan",
    "Review",
    "ReviewAction",
    "Role",
    "Run",
    "RunStatus",
    "RunVersion",
    "Speaker",
    "SpeakerAlias",
    "SpeakerDecision",
    "SpeakerMember",
    "SpeakerMerge",
    "Utterance",
    "UtteranceMember",
]
