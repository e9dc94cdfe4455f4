"""Tell statements from what was not said, or not yet: "declined to comment", "did not say"."""

from __future__ import annotations

from quotes.extraction.candidates import Candidate
from quotes.extraction.lexicon import REPORT, WRITE

_REFUSALS = frozenset("decline refuse fail neglect forbear hesitate stop".split())
_NOT_YET = frozenset({"will", "'ll", "’ll", "shall", "may", "might", "could", "can", "should"})


def is_no_statement(candidate: Candidate) -> bool:
    """Tell whether the cue reports that nothing was said, or that something may yet be said.

    "Denied that" and "did not think that" do state something; so does a refusal to act.
    """
    lemma = candidate.lemma.split(" ")[0]
    features = candidate.features
    if lemma in REPORT | WRITE:
        if "negated" in features:
            return True
        return any(f"modal={modal}" in features for modal in _NOT_YET)
    return lemma in _REFUSALS and "head-says" in features
