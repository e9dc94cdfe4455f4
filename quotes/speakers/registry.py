"""Speakers across documents: which namings mean one, derived from all of them in no order.

A name leads to the longest name that it can be a form of, where that is one; a lone surname leads
to the one full name that bears it. Where there are two the name stays apart, which is doubt. Only
the set of namings counts, so that the order in which documents come in changes nothing; the names
that a new one can reach are few, so that nothing else has to be looked at. By their handles they
are found among millions.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from quotes.quotation import SpeakerKind
from quotes.speakers.handles import alone, bearing, beside
from quotes.speakers.names import name_key, organisation_key
from quotes.speakers.naming import (
    Naming,
    Node,
    agree,
    bears,
    fit,
    fuller_name,
    middle_initials,
    person_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotes.speakers.handles import Handle

__all__ = ["Lead", "Link", "Naming", "Reason", "Registry", "derive", "fuller_name", "node_key"]

NodeKey = tuple[SpeakerKind, str]
_SHOWN: Final = 4
# Of all who bear a surname the first few are enough to see that there are several.
_BEARERS: Final = 8


class Reason(StrEnum):
    """Why a document's name leads to a speaker."""

    SAME = "same-name"
    FULLER = "fuller-name"
    SURNAME = "surname"
    NICKNAME = "nickname"
    SHORT = "short-form"
    LONE = "lone-name"
    DOUBT = "doubt"
    RIVAL = "rival"
    LISTED = "listed"
    SPLIT = "split"
    MERGE = "merge"
    UPGRADE = "upgrade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Where a name leads.

    `name` is the fullest form of the speaker's, from which its id follows together with `within`;
    with `apart` each document's own. `because` are the names that this hangs on.
    """

    kind: SpeakerKind
    name: str
    reason: Reason
    within: str = ""
    apart: bool = False
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A person's word that two names are one speaker's, called by the second."""

    kind: SpeakerKind
    name: str
    into: str


def node_key(kind: SpeakerKind, name: str) -> NodeKey:
    """Return what all namings by this name share."""
    return kind, person_key(name) if kind is SpeakerKind.PERSON else organisation_key(name)


def derive(namings: Iterable[Naming], links: Sequence[Link] = ()) -> dict[NodeKey, Lead]:
    """Return where each of these names leads, given all of them at once."""
    every = list(namings)
    return Registry(_Given(every), links).leads(every)


class Names(Protocol):
    """The namings of a collection that are in use."""

    def keys(self, kind: SpeakerKind, handles: frozenset[Handle]) -> Iterable[str]:
        """Return the keys of the names of which a naming has one of these handles."""
        ...

    def namings(self, keys: Sequence[NodeKey]) -> Iterable[tuple[NodeKey, Naming]]:
        """Return all namings of these names, each with its key."""
        ...


class _Given:
    """Namings that are all at hand."""

    def __init__(self, namings: Iterable[Naming]) -> None:
        self._keys: defaultdict[tuple[SpeakerKind, Handle], set[str]] = defaultdict(set)
        self._namings: defaultdict[NodeKey, set[Naming]] = defaultdict(set)
        for naming in namings:
            self._namings[naming.kind, naming.key].add(naming)
            for handle in naming.handles:
                self._keys[naming.kind, handle].add(naming.key)

    def keys(self, kind: SpeakerKind, handles: frozenset[Handle]) -> Iterable[str]:
        return {key for handle in handles for key in self._keys.get((kind, handle), ())}

    def namings(self, keys: Sequence[NodeKey]) -> Iterable[tuple[NodeKey, Naming]]:
        return ((key, naming) for key in keys for naming in self._namings.get(key, ()))


class Registry:
    """One look at a collection."""

    def __init__(self, names: Names, links: Sequence[Link] = ()) -> None:
        self._names = names
        self._nodes: dict[NodeKey, Node | None] = {}
        self._having: dict[tuple[SpeakerKind, frozenset[Handle]], list[NodeKey]] = {}
        self._into: dict[NodeKey, Link] = {}
        self._linked: defaultdict[NodeKey, list[str]] = defaultdict(list)
        for link in links:
            here, there = node_key(link.kind, link.name), node_key(link.kind, link.into)
            if self._is_said(there, here):
                continue
            self._into[here] = link
            self._linked[here].append(link.into)
            self._linked[there].append(link.name)
        self._near_by: dict[NodeKey, list[Node]] = {}
        self._roots: dict[NodeKey, frozenset[NodeKey]] = {}

    def leads(self, changed: Iterable[Naming]) -> dict[NodeKey, Lead]:
        """Return where the names lead that these namings, come or gone, can have changed."""
        reached: dict[NodeKey, Node] = {}
        for naming in changed:
            ghost = Node(kind=naming.kind, key=naming.key, namings=(naming,))
            waiting = [*self._around(ghost), *self._nodes_of([(ghost.kind, ghost.key)])]
            while waiting:
                node = waiting.pop()
                if (node.kind, node.key) not in reached:
                    reached[node.kind, node.key] = node
                    waiting += self._around(node)
        return {key: self._lead(reached[key]) for key in sorted(reached)}

    def _around(self, node: Node) -> Iterator[Node]:
        """Yield the names whose lead can depend on this one's."""
        yield from self._partners(node)
        if node.is_full:
            yield from self._beside(node)
            yield from self._lone_beside(node)

    def _nodes_of(self, keys: Sequence[NodeKey]) -> list[Node]:
        """Return the names that have these keys, those that are in use."""
        found: dict[NodeKey, list[Naming]] = {key: [] for key in keys if key not in self._nodes}
        for own, naming in self._names.namings(list(found)) if found else ():
            found[own].append(naming)
        for (kind, key), some in found.items():
            node = Node(kind=kind, key=key, namings=tuple(some)) if some else None
            self._nodes[kind, key] = node
        return [node for key in keys if (node := self._nodes[key]) is not None]

    def _node(self, key: NodeKey) -> Node:
        (node,) = self._nodes_of([key])
        return node

    def _keys(self, kind: SpeakerKind, handles: frozenset[Handle]) -> list[NodeKey]:
        """Return the keys of the names that have one of these handles, in order."""
        if (kind, handles) not in self._having:
            found = sorted(self._names.keys(kind, handles)) if handles else []
            self._having[kind, handles] = [(kind, key) for key in found]
        return self._having[kind, handles]

    def _beside(self, node: Node) -> list[Node]:
        """Return the names that can be forms of the same one, or would share its id."""
        if not node.is_full:
            return []
        own = (node.kind, node.key)
        known = self._nodes.get(own) is node
        if known and own in self._near_by:
            return self._near_by[own]
        keys = [key for key in self._keys(node.kind, beside(node.handles)) if key != own]
        found = [other for other in self._nodes_of(keys) if _is_beside(node, other)]
        if known:
            self._near_by[own] = found
        return found

    def _lone_beside(self, node: Node) -> list[Node]:
        """Return the single names that may mean this one."""
        return self._nodes_of(self._keys(node.kind, alone(node.handles)))

    def _bearing(self, node: Node) -> Iterator[Node]:
        """Yield the names that a single name may mean, in the order of their keys."""
        keys = self._keys(node.kind, bearing(node.handles))
        for start in range(0, len(keys), _BEARERS):
            yield from self._nodes_of(keys[start : start + _BEARERS])

    def _named(self, kind: SpeakerKind, name: str) -> Node | None:
        return next(iter(self._nodes_of([node_key(kind, name)])), None)

    def _is_said(self, first: NodeKey, second: NodeKey) -> bool:
        """Tell whether links lead from the first name to the second."""
        while first != second and (link := self._into.get(first)) is not None:
            first = node_key(link.kind, link.into)
        return first == second

    def _partners(self, node: Node) -> list[Node]:
        """Return the names that a person has linked with this one."""
        names = self._linked.get((node.kind, node.key), ())
        return [other for name in names if (other := self._named(node.kind, name)) is not None]

    def _roots_of(self, node: Node) -> frozenset[NodeKey]:
        """Return the longest names that this one can be a form of; itself where it is one."""
        key = (node.kind, node.key)
        if key not in self._roots:
            self._roots[key] = frozenset({key})
            self._roots[key] = self._longest(node) or frozenset({key})
        return self._roots[key]

    def _longest(self, node: Node) -> frozenset[NodeKey]:
        beside = self._beside(node)
        if not node.is_person:
            longer = [n for n in beside if n.tells > node.tells and agree(node, n)]
            return frozenset().union(*map(self._roots_of, longer))
        longer = [n for n in beside if n.tells > node.tells and fit(node, n)]
        roots: frozenset[NodeKey] = frozenset().union(*map(self._roots_of, longer))
        if not all(agree(node, self._node(root)) for root in roots):
            # It fits what is between, and not the longest one.
            roots |= {(node.kind, node.key)}
        # "Crooked Ada Marsh", whom the same document calls Ada Marsh, is known by that name.
        called = [n for n in beside if n.key in node.called and not fit(node, n)]
        return roots.union(*map(self._roots_of, called))

    def _lead(self, node: Node, passed: frozenset[NodeKey] = frozenset()) -> Lead:
        """Return where a name leads; `passed` are those from which a link has come."""
        key = (node.kind, node.key)
        passed |= {key}
        if not node.is_full:
            return self._merged([node], self._borne(node, passed), passed)
        roots = sorted(self._roots_of(node))
        if len(roots) == 1:
            root = self._node(roots[0])
            members = self._members(root)
            return self._merged(members, self._own(node, root, members), passed)
        # Longer names that a person has said to be this one's, or one another's, are no rivals.
        others = [root for root in roots if root not in passed and not self._is_said(root, key)]
        leads = [self._lead(self._node(root), passed) for root in others]
        names = sorted({lead.name for lead in leads})
        if key not in roots and len({(lead.name, lead.within) for lead in leads}) == 1:
            own = replace(leads[0], reason=Reason.FULLER, because=(leads[0].name,))
        elif node.stands_alone and not any(node.key in self._node(r).bare for r in others):
            own = replace(
                self._own(node, node, [node]), reason=Reason.DOUBT, because=tuple(names[:_SHOWN])
            )
        else:
            own = _doubt(node, names)
        return self._merged([node], own, passed)

    def _members(self, root: Node) -> list[Node]:
        """Return the names of which this is the longest."""
        only = {(root.kind, root.key)}
        return [root, *(n for n in self._beside(root) if self._roots_of(n) == only)]

    def _own(self, node: Node, root: Node, members: Sequence[Node]) -> Lead:
        """Return the lead to a longest name, or to the one that the list has for it."""
        listed = sorted({name for member in members for name in member.listed})
        name = min(listed, key=len) if listed else root.names[0]
        own = _id_key(name, root.kind)
        keys = {member.key for member in members}
        rivals = any(
            n.key not in keys and _id_key(n.names[0], n.kind) == own for n in self._beside(root)
        )
        reason = Reason.SAME
        if _id_key(node.names[0], node.kind) != own:
            reason = Reason.FULLER if node.is_person else Reason.SHORT
        return Lead(
            kind=node.kind,
            name=name,
            reason=reason,
            within=middle_initials(name) if rivals and node.is_person else "",
            because=() if reason is Reason.SAME else (name,),
        )

    def _borne(self, node: Node, passed: frozenset[NodeKey]) -> Lead:
        """Return the lead of a lone name: to the only one who bears it."""
        bearers: dict[tuple[str, str], tuple[Lead, str]] = {}
        for other in self._bearing(node):
            how = bears(other, node.names[0]) if other.is_full else ""
            lead = self._lead(other, passed) if how else None
            if lead is not None and not lead.apart:
                bearers.setdefault((lead.name, lead.within), (lead, how))
            if len(bearers) > _SHOWN:
                break
        if len(bearers) > 1:
            return _doubt(node, (lead.name for lead, _ in bearers.values()))
        for lead, how in bearers.values():
            return replace(lead, reason=Reason(how), because=(lead.name,))
        return Lead(kind=node.kind, name=node.names[0], reason=Reason.LONE)

    def _merged(self, members: Sequence[Node], lead: Lead, passed: frozenset[NodeKey]) -> Lead:
        """Follow a person's word that the speaker is another."""
        if lead.reason in (Reason.SURNAME, Reason.NICKNAME):
            # A lone name's bearer has been followed; only a link of its own goes further.
            members = members[:1]
        for member in sorted(members, key=lambda member: member.key):
            link = self._into.get((member.kind, member.key))
            target = self._named(link.kind, link.into) if link is not None else None
            if link is None or target is None or (target.kind, target.key) in passed:
                continue
            to = self._lead(target, passed | {(member.kind, member.key)})
            return replace(to, reason=Reason.MERGE, because=(link.name, link.into))
        return lead


def _doubt(node: Node, names: Iterable[str]) -> Lead:
    return Lead(
        kind=node.kind,
        name=node.names[0],
        reason=Reason.DOUBT,
        apart=True,
        because=tuple(dict.fromkeys(names))[:_SHOWN],
    )


def _id_key(name: str, kind: SpeakerKind) -> str:
    return name_key(name) if kind is SpeakerKind.PERSON else organisation_key(name)


def _is_beside(node: Node, other: Node) -> bool:
    if not other.is_full:
        return False
    same_id = _id_key(node.names[0], node.kind) == _id_key(other.names[0], other.kind)
    return same_id or agree(node, other)
