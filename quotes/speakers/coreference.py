"""One walk over a document: what each pronoun and each definite description takes up."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol, TypedDict

from quotes.quotation import SpeakerKind
from quotes.speakers.binding import subject_of_clause
from quotes.speakers.candidates import candidates
from quotes.speakers.capitals import stands_for_somebody
from quotes.speakers.descriptors import Descriptor, lemma_of
from quotes.speakers.entity import Entity
from quotes.speakers.floor import Floor, can_be_he_or_she
from quotes.speakers.nominals import Nominal, Nominals
from quotes.speakers.nouns import (
    FEMININE,
    FEMININE_PRONOUNS,
    MASCULINE,
    MASCULINE_PRONOUNS,
    NAME_BODIES,
    is_person_noun,
    may_be_person,
)
from quotes.speakers.pronouns import Reference, antecedent
from quotes.speakers.sources import wide_phrase
from quotes.speakers.variation import Variation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from quotes.speakers.candidates import Candidate
    from quotes.speakers.chained import ChainEvidence
    from quotes.speakers.entities import Entities
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

_SINGULAR: Final = FEMININE_PRONOUNS | MASCULINE_PRONOUNS
_MEMORY: Final = 60
# A headline and the line under it, and what tells of whom they speak.
_HEADLINES: Final = 3
_LEAD: Final = 6
_NEXT: Final = 2
_INDEFINITE: Final = frozenset({"a", "an", "one", "another"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})


class Chooser(Protocol):
    """Chooses whom the pronoun at a token means, with how sure it is."""

    def choose(
        self, index: int, candidates: Sequence[Candidate], /
    ) -> tuple[Candidate, float] | None: ...


class _Told(TypedDict):
    last_speaker: Entity | None
    speaks_on: bool
    barred: Entity | None
    fits: Callable[[Entity], bool]


class Coreference:
    """References in the order they stand; pronouns and descriptions with what they take up.

    `sources` maps the token that a quotation's source mention turns on to the mention's tokens,
    `cues` to the words that signal the quotation. Without a `ranker` rules choose what "he" means;
    where there is `evidence` from elsewhere, that decides first.
    """

    def __init__(
        self,
        layout: Layout,
        entities: Entities,
        sources: Mapping[int, tuple[int, int]],
        cues: Mapping[int, str],
        ranker: Chooser | None = None,
        evidence: ChainEvidence | None = None,
    ) -> None:
        self.layout = layout
        self.entities = entities
        self.history: list[Reference] = []
        self.pronouns: dict[int, Reference | None] = {}
        self.descriptions: dict[int, tuple[Entity, Descriptor | None]] = {}
        self._unnamed: dict[str, tuple[int, Entity]] = {}
        self.nominals = Nominals(layout, entities)
        self.sources = sources
        self._ranker = ranker
        self._evidence = evidence
        self._cues = cues
        self._floor = Floor(layout, sources)
        self._variation = Variation(self, self._floor, cues)
        self._walk()

    def _walk(self) -> None:
        self._subjects = [mention for mention in self.entities.mentions if mention.subject]
        starts = {mention.first: mention for mention in self.entities.mentions}
        for token in self.layout.doc:
            if stands_for_somebody(token, self.layout, self.entities, self.nominals):
                self._description(token)
                if token.i in self.descriptions:
                    continue
            mention = starts.get(token.i)
            entity = self.entities.of.get(mention) if mention is not None else None
            if mention is not None and entity is not None:
                self.history.append(
                    Reference(
                        entity,
                        mention.last - 1,
                        mention.start,
                        mention.end,
                        mention.sentence,
                        mention.subject,
                        mention.modifier,
                        mention.quoted,
                    )
                )
                self._floor.interrupt(mention, entity)
                self._floor.give(mention.first, mention.last, entity)
            elif token.lower_ in _SINGULAR:
                self._pronoun(token)
            elif token.tag_ == "NN" and token.pos_ == "NOUN":
                lemma = lemma_of(token)
                told = token.i in self.sources
                if is_person_noun(lemma) or (told and may_be_person(lemma)):
                    self._description(token)
                elif told:
                    self._introduce(token, lemma, self.sources[token.i])
            elif token.tag_ == "NNP" and self._heads_line(token):
                self._description(token)

    def _pronoun(self, token: Token) -> None:
        index = token.i
        if self.layout.quoted[index] and index not in self.sources:
            return
        ahead = self._ahead(token)
        entity = self.entities.of.get(ahead) if ahead is not None else None
        if ahead is not None and entity is not None and entity.kind is SpeakerKind.PERSON:
            self._refer(token, entity, (ahead.start, ahead.end))
            self.pronouns[index] = self.history[-1]
            return
        found = self._taken_up(index)
        self.pronouns[index] = found
        if found is not None:
            self._refer(token, found.entity, (found.start, found.end))
            self._floor.give(index, index + 1, found.entity)

    def taken_up_within(self, index: int, speaker: object) -> Reference | None:
        """Return what a pronoun inside quoted words takes up, once the text is walked.

        It is not `speaker`, whose words they are.
        """
        end = bisect_left(self.history, index, key=lambda reference: reference.index)
        barred = self._barred(index)
        told: _Told = {
            "last_speaker": None,
            "speaks_on": False,
            "barred": barred,
            "fits": lambda entity: entity is not speaker and can_be_he_or_she(entity),
        }
        return self._chosen(self.history[max(end - _MEMORY, 0) : end], index, told)

    def _taken_up(self, index: int) -> Reference | None:
        """Return the reference that a pronoun takes up, by the ranker where there is one."""
        told, since = self._told(index), self.layout.talk_before(index)
        if since is None:
            return self._chosen(self.history, index, told)
        first = bisect_left(self.history, since, key=lambda reference: reference.index)
        history = self.history[first:]
        if all(reference.entity is not told["last_speaker"] for reference in history):
            told["last_speaker"] = None
        return self._chosen(history, index, told)

    def _chosen(self, history: list[Reference], index: int, told: _Told) -> Reference | None:
        asks = self._ranker is not None or self._evidence is not None
        near = candidates(self.layout, history, index, **told) if asks else []
        decided = self._evidence.choose(index, near) if self._evidence is not None else None
        if decided is not None:
            return decided.shown
        if self._ranker is None or self._is_plain(near):
            return antecedent(self.layout, history, index, **told)
        chosen = self._ranker.choose(index, near)
        return replace(chosen[0].shown, chance=chosen[1]) if chosen else None

    def _is_plain(self, near: Sequence[Candidate]) -> bool:
        """Tell whether one person only is near, or nobody with a name: there is no choice."""
        return len(near) == 1 or not any(candidate.entity.mentions for candidate in near)

    def likeliest(self, index: int, least: float, fits: Callable[[Entity], bool]) -> Entity | None:
        """Return whom the ranker takes a token to mean, at least so sure, of those who fit."""
        if self._ranker is None:
            return None
        told = self._told(index)
        told["fits"] = fits
        near = candidates(self.layout, self.history, index, **told)
        chosen = self._ranker.choose(index, near) if near else None
        return chosen[0].entity if chosen is not None and chosen[1] >= least else None

    def _told(self, index: int) -> _Told:
        return {
            "last_speaker": self._floor.speaker(index, within=3),
            "speaks_on": index in self.sources and self._floor.still_speaks(index),
            "barred": self._barred(index),
            "fits": can_be_he_or_she,
        }

    def _barred(self, index: int) -> Entity | None:
        """Return the subject of the pronoun's own clause, whom an object cannot mean."""
        subject = subject_of_clause(self.layout, index)
        if subject is None or subject >= index:
            return None
        reference = self.pronouns.get(subject)
        if reference is not None:
            return reference.entity
        if subject in self.descriptions:
            return self.descriptions[subject][0]
        return self.entities.named_at(subject)

    def _ahead(self, token: Token) -> Mention | None:
        """Return the subject that "his" looks ahead to in "On his way home, Marsh said"."""
        start = self.layout.sentence_starts[self.layout.sentence[token.i]]
        if token.tag_ != "PRP$" or token.i - start > 4:
            return None
        place = bisect_left(self._subjects, token.i, key=lambda mention: mention.first)
        if place == len(self._subjects) or self._subjects[place].first > token.i + 12:
            return None
        mention = self._subjects[place]
        between = (self.layout.doc[index] for index in range(start, mention.first))
        closed = any(other.text == "," for other in between)
        same = mention.sentence == self.layout.sentence[token.i]
        return mention if closed and same else None

    def _description(self, token: Token) -> None:
        nominal = self.nominals.read(token.i)
        found = None
        if nominal is None:
            found = self._in_headline(token) or self._named_next(token)
        else:
            found = self.resolve(nominal) or self._variation.resolve(nominal)
        lemma = lemma_of(token)
        if nominal is not None and lemma in self._unnamed:
            place, unnamed = self._unnamed[lemma]
            if found is None or self._last_place(found[0]) < place:
                self.descriptions[token.i] = (unnamed, None)
                self._refer(token, unnamed, self._extent(unnamed))
                self._floor.give(token.i, token.i + 1, unnamed)
                return
        if found is not None:
            self.descriptions[token.i] = found
            self._refer(token, found[0], (found[1].start, found[1].end))
            self._floor.give(token.i, token.i + 1, found[0])
        elif token.i in self.sources:
            self._introduce(token, lemma, self.sources[token.i])
        elif self.layout.in_talk(token.i):
            self._tell_of(token, lemma)
        elif token.dep_ in _SUBJECTS and not self.layout.reported[token.i]:
            first, last = wide_phrase(self.layout, token.i)
            if self.layout.word(first) in _INDEFINITE:
                self._introduce(token, lemma, (first, last))
                self._floor.clear()

    def _heads_line(self, token: Token) -> bool:
        """Tell whether a capital is only a headline's ("Senator presses agenda")."""
        early = self.layout.sentence[token.i] < _HEADLINES
        mention = self.entities.at_token(token.i)
        # "Press" in "the Associated Press" is nobody's title.
        if mention is not None and mention.first < token.i and token.lower_ in NAME_BODIES:
            return False
        return early and token.i in self.sources and is_person_noun(lemma_of(token))

    def _in_headline(self, token: Token) -> tuple[Entity, Descriptor] | None:
        """Let "Senator" in a headline be the first whom the article calls so."""
        if token.i not in self.sources or self.layout.sentence[token.i] >= _HEADLINES:
            return None
        nominal = self.nominals.read(token.i, bare=True)
        if nominal is None:
            return None
        return self.nominals.next_fitting(nominal, after=-1, within=_LEAD)

    def _named_next(self, token: Token) -> tuple[Entity, Descriptor] | None:
        """Let "a judge" be the judge whom the next sentences name."""
        if token.i not in self.sources:
            return None
        nominal = self.nominals.read(token.i, bare=True, indefinite=True)
        if nominal is None:
            return None
        return self.nominals.next_fitting(nominal, after=token.i, within=_NEXT)

    def _introduce(self, token: Token, lemma: str, extent: tuple[int, int]) -> None:
        """Note somebody or something without a name, for a pronoun or the same noun to take up."""
        place = (token.i, *extent)
        entity = Entity(SpeakerKind.UNNAMED, phrase=place, is_thing=not may_be_person(lemma))
        self._unnamed[lemma] = (token.i, entity)
        self._refer(token, entity, self._extent(entity))
        self._floor.give(token.i, token.i + 1, entity)

    def _tell_of(self, token: Token, lemma: str) -> None:
        """Note whom a talk brings in without a name ("my grandmother"), for "she" to take up."""
        first, last = wide_phrase(self.layout, token.i)
        if self.layout.word(first) not in {"my", "our", "your"}:
            return
        self._introduce(token, lemma, (first, last))
        self.history[-1] = replace(self.history[-1], quoted=True)
        entity = self.history[-1].entity
        entity.feminine += lemma in FEMININE
        entity.masculine += lemma in MASCULINE

    def _extent(self, entity: Entity) -> tuple[int, int]:
        _, first, last = entity.phrase or (0, 0, 1)
        return self.layout.offsets[first], self.layout.end(last - 1)

    def _last_place(self, entity: Entity) -> int:
        near = (r.index for r in reversed(self.history[-40:]) if r.entity is entity)
        return next(near, -1)

    def resolve(self, nominal: Nominal) -> tuple[Entity, Descriptor] | None:
        """Return the person whom a description means, its owner's name counted in."""
        owner = self.owner(nominal.owner) if nominal.owner is not None else None
        by_pronoun = self.layout.doc[nominal.owner or 0].pos_ == "PRON"
        if owner is not None and owner.mentions and by_pronoun:
            surname = self.entities.name_of(owner).key.split()[-1:]
            found = self.nominals.resolve(nominal, self.history, owner_words=surname)
            if found is not None:
                return found
        found = self.nominals.resolve(nominal, self.history)
        if found is None or found[0] is owner:
            return None
        # "Her manager" is not the manager whom the text calls somebody else's.
        if owner is not None and found[1].modifiers - nominal.modifiers:
            return None
        return found

    def before(self, index: int) -> Iterator[Reference]:
        """Yield the references before a token, the nearest first."""
        place = bisect_left(self.history, index, key=lambda reference: reference.index)
        since = self.layout.talk_before(index) or 0
        for step in range(place - 1, max(place - 1 - _MEMORY, -1), -1):
            if self.history[step].index < since:
                return
            yield self.history[step]

    def owner(self, index: int) -> Entity | None:
        """Return the entity that a possessor names or takes up."""
        if self.layout.word(index) in _SINGULAR:
            reference = self.pronouns.get(index)
            return reference.entity if reference is not None else None
        reference = self.reference_at(index)
        return reference.entity if reference is not None else None

    def reference_at(self, index: int) -> Reference | None:
        """Return the reference that ends with this token."""
        place = bisect_left(self.history, index, key=lambda reference: reference.index)
        found = self.history[place] if place < len(self.history) else None
        return found if found is not None and found.index == index else None

    def _refer(self, token: Token, entity: Entity, place: tuple[int, int]) -> None:
        """Note a reference; its evidence is the place that named or described the entity."""
        self.history.append(
            Reference(
                entity,
                token.i,
                *place,
                self.layout.sentence[token.i],
                token.dep_ in _SUBJECTS,
                token.dep_ == "poss",
                bool(self.layout.quoted[token.i]),
                named=False,
            )
        )
