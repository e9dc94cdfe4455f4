"""PROV-JSON (W3C member submission of 24 April 2013): how each quotation came about, and by whom.

A bundle for each source: its version, the run that used it, the quotations that the run generated
and that are derived from the version as `prov:Quotation`, the attributions to speakers, and the
reviews of people.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from quotes.exports.grouping import by_version
from quotes.exports.identifiers import ROOT, zulu
from quotes.exports.json_lines import encode
from quotes.exports.linking import address
from quotes.quotation import SpeakerKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotes.exports.exporter import Setting
    from quotes.exports.manifest import Manifest
    from quotes.records import SpeakerRecord
    from quotes.store.values import StoredQuotation, StoredReview

PREFIX = {"q": ROOT}
AGENTS = {SpeakerKind.PERSON: "prov:Person", SpeakerKind.ORGANISATION: "prov:Organization"}
# What a person may do to a quotation's spans, and to its attribution.
SHAPING, ASSIGNING = ("add", "edit"), ("add", "reassign")
# How an attribution says that a person made it.
BY_PEOPLE = ("manual", "review")
Bundle = defaultdict[str, dict[str, Any]]


class ProvJson:
    """A document with the program that wrote it and a bundle for each source."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def chunks(self, quotations: Iterable[StoredQuotation]) -> Iterator[bytes]:
        """Yield the head, a line for each bundle, and the end."""
        yield f'{encode(_head(self._setting.manifest))[:-1]}, "bundle": {{'.encode()
        for number, (_, members) in enumerate(by_version(quotations)):
            name = f"q:source-{members[0].record['document']['id']}"
            written = f"{encode(name)}: {encode(bundle(members))}"
            yield f"{',' if number else ''}\n{written}".encode()
        yield b"\n}}\n"


def exporter(setting: Setting) -> ProvJson:
    """Return the exporter."""
    return ProvJson(setting)


def bundle(quotations: Sequence[StoredQuotation]) -> dict[str, dict[str, Any]]:
    """Return the statements about one version's quotations."""
    found: Bundle = defaultdict(dict)
    version = _version(found, quotations[0])
    for quotation in quotations:
        run = _run(found, quotation, version)
        entity = _quotation(found, quotation, _maker(quotation, SHAPING) or run, version)
        _attribution(found, quotation, _maker(quotation, ASSIGNING) or run, entity)
        for number, review in enumerate(quotation.reviews, 1):
            if review.inherits is None:
                _review(found, review, entity, number, made=_maker(quotation, SHAPING))
    return dict(found)


def _head(manifest: Manifest) -> dict[str, Any]:
    created = zulu(manifest.created)
    writing = {"prov:startTime": created, "prov:label": " ".join(manifest.sentences())}
    return {
        "prefix": PREFIX,
        "entity": {"q:export": {"prov:label": "Quotations"}},
        "activity": {"q:writing": writing},
        "agent": {"q:program": _agent(manifest.program, "prov:SoftwareAgent")},
        "wasGeneratedBy": {
            "_:g": {"prov:entity": "q:export", "prov:activity": "q:writing", "prov:time": created}
        },
        "wasAssociatedWith": {"_:a": {"prov:activity": "q:writing", "prov:agent": "q:program"}},
    }


def _version(found: Bundle, quotation: StoredQuotation) -> str:
    record = quotation.record["document"]
    document, version = f"q:{record['id']}", f"q:version-{record['version'][7:]}"
    known = {
        "prov:label": record["title"],
        "prov:location": address(quotation),
        "q:path": record["path"],
    }
    found["entity"][document] = {name: value for name, value in known.items() if value}
    found["entity"][version] = {
        "prov:type": _name("q:Version"),
        "q:sha256": record["version"][7:],
        "q:mediaType": quotation.media_type,
        "q:readAt": _moment(zulu(quotation.ingested_at)),
    }
    found["specializationOf"]["_:version"] = {
        "prov:specificEntity": version,
        "prov:generalEntity": document,
    }
    return version


def _run(found: Bundle, quotation: StoredQuotation, version: str) -> str:
    run = quotation.run
    activity, program = f"q:run-{run.id}", f"{run.pipeline} {run.version}"
    agent = "q:software-" + _digest(program)
    found["activity"][activity] = {
        "prov:type": _name("q:Extraction"),
        "prov:startTime": zulu(run.started_at),
    }
    found["agent"][agent] = _agent(program, "prov:SoftwareAgent")
    found["used"][f"_:used-{run.id}"] = {"prov:activity": activity, "prov:entity": version}
    found["wasAssociatedWith"][f"_:ran-{run.id}"] = {
        "prov:activity": activity,
        "prov:agent": agent,
    }
    return activity


def _quotation(found: Bundle, quotation: StoredQuotation, run: str, version: str) -> str:
    record = quotation.record
    entity = f"q:{record['id']}"
    confidence = record["confidence"]
    found["entity"][entity] = {
        "prov:type": _name("q:Quotation"),
        "prov:value": record["content"]["text"],
        "q:spans": encode(record["content"]["spans"]),
        "q:kind": record["kind"],
        "q:act": record["act"],
        "q:status": record["status"],
        **({} if confidence is None else {"q:confidence": confidence}),
    }
    found["wasGeneratedBy"][f"_:by-{record['id']}"] = {"prov:entity": entity, "prov:activity": run}
    found["wasDerivedFrom"][f"_:from-{record['id']}"] = {
        "prov:generatedEntity": entity,
        "prov:usedEntity": version,
        "prov:activity": run,
        "prov:type": _name("prov:Quotation"),
    }
    return entity


def _maker(quotation: StoredQuotation, actions: tuple[str, ...]) -> str | None:
    """Return the review that made a quotation or its attribution what it is; None for the run."""
    numbers = [n for n, one in enumerate(quotation.reviews, 1) if one.action in actions]
    if not numbers or (actions is ASSIGNING and quotation.record["method"] not in BY_PEOPLE):
        return None
    return f"q:review-{quotation.record['id']}-{numbers[-1]}"


def _attribution(found: Bundle, quotation: StoredQuotation, run: str, entity: str) -> None:
    """Add the attribution with its evidence, and the speaker, to whom the words are ascribed."""
    record = quotation.record
    if record["speaker"] is None:
        return
    attribution = f"q:attribution-{record['id']}"
    steps = [[step.text, step.start, step.end, step.relation] for step in quotation.evidence]
    found["entity"][attribution] = {
        "prov:type": _name("q:Attribution"),
        "q:method": record["method"],
        "q:evidence": encode(steps),
    }
    found["wasGeneratedBy"][f"_:given-{record['id']}"] = {
        "prov:entity": attribution,
        "prov:activity": run,
    }
    found["wasDerivedFrom"][f"_:on-{record['id']}"] = {
        "prov:generatedEntity": attribution,
        "prov:usedEntity": entity,
    }
    for role, speaker in (("speaker", record["speaker"]), ("via", record["via"])):
        if speaker is not None:
            found["wasAttributedTo"][f"_:{role}-{record['id']}"] = {
                "prov:entity": entity,
                "prov:agent": _speaker(found, speaker),
                "q:as": role,
            }


def _speaker(found: Bundle, speaker: SpeakerRecord) -> str:
    agent = f"q:{speaker['id']}"
    found["agent"][agent] = _agent(speaker["name"], AGENTS.get(SpeakerKind(speaker["kind"])))
    found["agent"][agent]["q:kind"] = speaker["kind"]
    # A group acts through those of it whom the text names.
    for member in speaker.get("members", ()):
        found["actedOnBehalfOf"][f"_:{speaker['id']}-{member['id']}"] = {
            "prov:delegate": _speaker(found, member),
            "prov:responsible": agent,
        }
    return agent


def _review(
    found: Bundle, review: StoredReview, entity: str, number: int, *, made: str | None
) -> None:
    """Add what a person decided: an activity that left a decision about the quotation.

    It used the quotation, unless it is what made it.
    """
    name = f"{entity[2:]}-{number}"
    activity, decision = f"q:review-{name}", f"q:decision-{name}"
    agent = "q:person-" + _digest(review.reviewer)
    at = zulu(review.created_at)
    told = {"q:old": review.old, "q:new": review.new}
    found["agent"][agent] = _agent(review.reviewer, "prov:Person")
    found["activity"][activity] = {
        "prov:type": _name("q:Review"),
        "prov:startTime": at,
        "prov:endTime": at,
        "q:action": review.action,
    }
    found["entity"][decision] = {
        "prov:type": _name("q:Decision"),
        "q:action": review.action,
        **({"q:note": review.note} if review.note else {}),
        **{key: encode(value) for key, value in told.items() if value is not None},
    }
    if activity != made:
        found["used"][f"_:looked-{name}"] = {"prov:activity": activity, "prov:entity": entity}
    found["wasGeneratedBy"][f"_:decided-{name}"] = {
        "prov:entity": decision,
        "prov:activity": activity,
        "prov:time": at,
    }
    found["wasDerivedFrom"][f"_:about-{name}"] = {
        "prov:generatedEntity": decision,
        "prov:usedEntity": entity,
    }
    found["wasAssociatedWith"][f"_:who-{name}"] = {"prov:activity": activity, "prov:agent": agent}


def _agent(label: str, kind: str | None) -> dict[str, Any]:
    return {"prov:label": label, **({"prov:type": _name(kind)} if kind else {})}


def _name(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _moment(moment: str) -> dict[str, str]:
    return {"$": moment, "type": "xsd:dateTime"}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
