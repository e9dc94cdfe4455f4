"""The tables, one module per noun."""

from quotes.store.models.base import Base
from quotes.store.models.document import Document, DocumentVersion
from quotes.store.models.embedding import Embedded, Embedding, EmbeddingModel
from quotes.store.models.job import Intake, Job, JobStatus
from quotes.store.models.naming import (
    Appearance,
    DecisionAction,
    Naming,
    NamingHandle,
    SpeakerDecision,
    SpeakerMerge,
)
from quotes.store.models.quotation import (
    Attribution,
    Quotation,
    QuotationSpan,
    Role,
    Utterance,
    UtteranceMark,
    UtteranceMember,
)
from quotes.store.models.review import Review, ReviewAction, ReviewStatus
from quotes.store.models.run import Run, RunStatus, RunVersion
from quotes.store.models.speaker import Speaker, SpeakerAlias, SpeakerMember

__all__ = [
    "Appearance",
    "Attribution",
    "Base",
    "DecisionAction",
    "Document",
    "DocumentVersion",
    "Embedded",
    "Embedding",
    "EmbeddingModel",
    "Intake",
    "Job",
    "JobStatus",
    "Naming",
    "NamingHandle",
    "Quotation",
    "QuotationSpan",
    "Review",
    "ReviewAction",
    "ReviewStatus",
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
    "UtteranceMark",
    "UtteranceMember",
]
