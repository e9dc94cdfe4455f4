"""How one document names its speakers, all that its quotations say put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.speakers.naming import Naming, fuller_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotes.quotation import Attribution, Quotation
    from quotes.speakers.registry import NodeKey


def naming_of(attribution: Attribution) -> Naming:
    """Return how a document names the person or organisation of an attribution."""
    return Naming(
        kind=attribution.kind,
        name=attribution.name,
        aliases=tuple(sorted({*attribution.aliases} - {attribution.name})),
        listed=attribution.listed,
    )


def namings_of(attributions: Sequence[Attribution]) -> dict[NodeKey, tuple[Naming, str | None]]:
    """Return how a document names each of its speakers, its attributions to one put together."""
    names: dict[NodeKey, set[str]] = {}
    best: dict[NodeKey, Attribution] = {}
    # Most of a document's quotations are given to a few, in the same words.
    distinct: dict[tuple[object, ...], Attribution] = {}
    for one in attributions:
        told = (one.kind, one.name, one.aliases, one.listed, one.external_id)
        distinct.setdefault(told, one)
    for one in sorted(distinct.values(), key=lambda one: (not one.listed, one.name, one.aliases)):
        key = (one.kind, naming_of(one).key)
        names.setdefault(key, set()).update((one.name, *one.aliases))
        first = best.setdefault(key, one)
        if not first.listed and fuller_name(first.name, one.name) != first.name:
            best[key] = one
    found = {}
    for key, one in best.items():
        aliases = tuple(sorted(names[key] - {one.name}))
        naming = Naming(kind=one.kind, name=one.name, aliases=aliases, listed=one.listed)
        found[key] = (naming, one.external_id)
    return found


def everybody(quotations: Iterable[Quotation]) -> list[Attribution]:
    """Return the attributions of quotations, of groups' members, and of who passes them on."""
    given = [one.attribution for one in quotations if one.attribution is not None]
    return [every for one in given for every in _with_others(one)]


def _with_others(attribution: Attribution) -> Iterator[Attribution]:
    yield attribution
    for other in (*attribution.members, attribution.via):
        if other is not None:
            yield from _with_others(other)
