"""The page that checks whether somebody said something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.quotation import Act
from quotes.store.vectors import has_vectors
from quotes.verification.find import read_claim
from quotes.verification.showing import Aligned, aligned, sentence, worth_showing
from quotes.verification.verdict import Standard, Verdict
from quotes.verification.verify import verify
from quotes.web.asking import MOST_NAME, filter_of, text_of
from quotes.web.site import Site, site_of

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams
    from starlette.requests import Request
    from starlette.responses import Response

    from quotes.verification.verdict import Match

MOST_CLAIM = 4_000


@dataclass(frozen=True, slots=True)
class Compared:
    """A match with the claim and the source word against word."""

    match: Match
    aligned: Aligned


def check(request: Request) -> Response:
    """Show the form, and the verdict where a claim is given."""
    site, params = site_of(request), request.query_params
    speaker, claim = asked(params)
    notice, verdict = "", None
    if speaker and claim:
        verdict = judged(site, params, speaker, claim)
        if verdict is None:
            notice = "The claim has no words; give the words that were said."
    elif speaker or claim:
        notice = "Give both: who is claimed to have said it, and the words."
    shown, left = worth_showing(verdict) if verdict else ([], 0)
    return site.page(
        request,
        "verify.html",
        speaker=speaker,
        claim=claim,
        acts=[str(one) for one in Act],
        given=filter_of(params, "speaker").given,
        notice=notice,
        verdict=verdict,
        says=sentence(verdict, speaker) if verdict else "",
        compared=[
            Compared(match, aligned(verdict.claim, match.quote["content"], match))
            for match in shown
            if verdict is not None and match.quote is not None
        ],
        notes=[one.note for one in verdict.matches if one.quote is None] if verdict else [],
        left=left,
    )


def asked(params: QueryParams) -> tuple[str, str]:
    """Return who is claimed to have said what; raises MalformedQuery."""
    speaker = text_of(params, "speaker", longest=MOST_NAME)
    return speaker, text_of(params, "claim", longest=MOST_CLAIM)


def judged(site: Site, params: QueryParams, speaker: str, claim: str) -> Verdict | None:
    """Return the verdict on a claim, None where it has no words; raises MalformedQuery."""
    which = filter_of(params, "speaker").which
    if not read_claim(claim).words:
        return None
    with site.session() as session:
        return verify(
            session,
            speaker=speaker,
            claim=claim,
            standard=Standard(acts=which.act, min_confidence=which.min_confidence),
            encoder=site.encoder() if has_vectors(session) else None,
        )
