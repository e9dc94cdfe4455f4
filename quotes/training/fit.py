"""Train a network on articles: seeded, with checkpoints to go on from."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch.nn import functional

from quotes.extraction.learned.decoding import cue_spans
from quotes.extraction.learned.inputs import Cue, inputs, surroundings
from quotes.training.data import batches, cut, path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from torch import Tensor

    from quotes.extraction.learned.inputs import Special, Surroundings
    from quotes.training.data import Article, Part
    from quotes.training.network import Network

_BETAS = (0.9, 0.98)
_WARM_UP = 0.08
_LEAST_RATE = 0.02
_CLIP = 1.0
# Steps between checkpoints: some minutes, where an epoch of a large model takes half an hour.
_SAVED_EVERY = 100
# The tagger must know some cues before its mistakes are worth learning from.
_SEES_MISTAKES_FROM = 0.5
_MISTAKE = 0.15
# Divides the sum over a window's tokens and cues, so that clipping bites on odd batches only.
_SCALE = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to train; `soft` is the share of a teacher's chances in the targets."""

    epochs: int
    rate: float
    head_rate: float
    rows: int = 16
    seed: int = 0
    soft: float = 0.0


class Fit:
    """A network, its optimiser and the place of its checkpoints."""

    def __init__(self, network: Network, recipe: Recipe, folder: Path, *, special: Special) -> None:
        self.network = network
        self.recipe = recipe
        self.folder = folder
        self.special = special
        self.epoch = 0
        self.step = 0
        self._random = np.random.default_rng(recipe.seed)
        self._begun = self._random.bit_generator.state
        self._done = 0  # steps of this epoch
        encoder: list[Tensor] = []
        heads: list[Tensor] = []
        for name, parameter in network.named_parameters():
            pretrained = name.startswith("encoder") and "features" not in name
            (encoder if pretrained else heads).append(parameter)
        self._optimiser = torch.optim.AdamW(
            [{"params": encoder, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}],
            weight_decay=0.01,
            betas=_BETAS,
            fused=True,
        )
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "recipe.json").write_text(json.dumps(asdict(recipe)), encoding="utf-8")

    def run(self, articles: Sequence[Article], *, after: Callable[[int], str]) -> None:
        """Train to the recipe's last epoch; `after` is asked what to log of each."""
        self._resume()
        steps = -(-len(cut(articles, np.random.default_rng(0))) // self.recipe.rows)
        while self.epoch < self.recipe.epochs:
            self._one_epoch(articles, steps)
            self.epoch, self._done = self.epoch + 1, 0
            self._begun = self._random.bit_generator.state
            self._save()
            self.say(f"epoch {self.epoch}: {after(self.epoch)}")

    def say(self, line: str) -> None:
        """Write a line to the log and to the terminal."""
        print(line, flush=True)
        with (self.folder / "log").open("a", encoding="utf-8") as log:
            log.write(line + "\n")

    def _one_epoch(self, articles: Sequence[Article], steps: int) -> None:
        self.network.train()
        began, sums = time.monotonic(), [0.0, 0.0, 0.0]
        self._begun = self._random.bit_generator.state
        parts = cut(articles, self._random)
        groups = batches(parts, rows=self.recipe.rows, random=self._random)
        for group in islice(groups, self._done, None):
            self._set_rate(steps * self.recipe.epochs)
            tagged, read = self._losses(group, mistakes=self.step > _SEES_MISTAKES_FROM * steps)
            self._optimiser.zero_grad()
            ((tagged + read) / (self.recipe.rows * _SCALE)).backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
            self._optimiser.step()
            self.step += 1
            self._done += 1
            if self._done % _SAVED_EVERY == 0:
                self._save()
            sums = [sums[0] + tagged.item(), sums[1] + read.item(), sums[2] + len(group)]
            if self.step % 50 == 0:
                self.say(
                    f"step {self.step} of {steps * self.recipe.epochs}: tagging "
                    f"{sums[0] / sums[2]:.2f}, reading {sums[1] / sums[2]:.2f} a window, "
                    f"{time.monotonic() - began:.0f} s"
                )
                sums = [0.0, 0.0, 0.0]

    def _set_rate(self, total: int) -> None:
        """Warm up, then fall in a straight line."""
        done = self.step / total
        share = min((self.step + 1) / (_WARM_UP * total), max(_LEAST_RATE, 1.0 - done))
        rates = (self.recipe.rate, self.recipe.head_rate)
        for group, rate in zip(self._optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * share

    def _losses(self, group: Sequence[Part], *, mistakes: bool) -> tuple[Tensor, Tensor]:
        """Return the losses of tagging and of reading, summed over windows."""
        given = inputs([part.stretch for part in group], self.special)
        with torch.autocast("cpu", torch.bfloat16):
            states = self.network.states(
                torch.from_numpy(given.pieces),
                torch.from_numpy(given.told),
                torch.from_numpy(given.mask),
                torch.from_numpy(given.firsts),
            )
            logits = self.network.tags(states)
        tagged = self._tagging(group, logits)
        chances = torch.softmax(logits.detach(), -1).numpy() if mistakes else None
        cues, owners = _cues(group, chances)
        if not cues:
            return tagged, torch.zeros(())
        around = surroundings([part.stretch for part in group], cues)
        shift = torch.tensor([[cue.row * states.shape[1]] for cue in cues])
        with torch.autocast("cpu", torch.bfloat16):
            scores = self.network.reader(
                states.flatten(0, 1),
                torch.from_numpy(around.at) + shift,
                torch.from_numpy(around.ends) + shift,
                torch.from_numpy(around.related),
            ).float()
        return tagged, self._reading(group, cues, owners, around, scores)

    def _tagging(self, group: Sequence[Part], logits: Tensor) -> Tensor:
        wide = logits.shape[1]
        logs = torch.log_softmax(logits, -1)
        total = torch.zeros(())
        for row, part in enumerate(group):
            own = slice(part.stretch.start, part.stretch.end)
            size = min(wide, part.stretch.end - part.stretch.start)
            wanted = functional.one_hot(torch.from_numpy(part.article.labels[own]), logs.shape[2])
            target = wanted.float()
            if part.article.soft_labels is not None:
                soft = torch.from_numpy(part.article.soft_labels[own].astype(np.float32))
                target = (1.0 - self.recipe.soft) * target + self.recipe.soft * soft
            total = total - part.article.weight * (target * logs[row, :size]).sum()
        return total

    def _reading(
        self,
        group: Sequence[Part],
        cues: Sequence[Cue],
        owners: Sequence[int],
        around: Surroundings,
        scores: Tensor,
    ) -> Tensor:
        """Return the chain's loss, and the distance from the teacher where there is one."""
        free, exists = torch.from_numpy(around.free), torch.from_numpy(around.exists)
        only = torch.tensor([0.0, -1e4, -1e4])
        scores = torch.where(free[:, :, None], scores, only)
        path, soft, taught = _targets(group, cues, owners, around)
        weights = torch.tensor([group[cue.row].article.weight for cue in cues])
        loss = self.network.chain.loss(scores, torch.from_numpy(path), exists)
        if taught.any():
            share = self.recipe.soft * torch.from_numpy(taught)
            far = -(torch.from_numpy(soft) * torch.log_softmax(scores, -1)).sum(2)
            loss = (1.0 - share) * loss + share * (far * free).sum(1)
        return (loss * weights).sum()

    def _save(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "epoch": self.epoch,
            "step": self.step,
            "done": self._done,
            "random": self._begun,
            "torch": torch.get_rng_state(),
        }
        unfinished = self.folder / "checkpoint.tmp"
        torch.save(state, unfinished)
        unfinished.replace(self.folder / "checkpoint.pt")

    def _resume(self) -> None:
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return
        state: dict[str, Any] = torch.load(path, weights_only=True)
        self.network.load_state_dict(state["network"])
        self._optimiser.load_state_dict(state["optimiser"])
        self.epoch, self.step = state["epoch"], state["step"]
        self._done = state["done"]
        # As it was when the epoch began: the same windows come again, those seen are passed over.
        self._random.bit_generator.state = state["random"]
        torch.set_rng_state(state["torch"])
        self.say(f"going on after epoch {self.epoch}, step {self.step}")


def _cues(
    group: Sequence[Part], chances: NDArray[np.float32] | None
) -> tuple[list[Cue], list[int]]:
    """Return the cues to read and which of its article's each is, -1 for none.

    Beside the annotated ones they are those that the tagger now takes for cues: a wrong one has
    neither source nor content, one with other limits has what the annotated one has.
    """
    cues: list[Cue] = []
    owners: list[int] = []
    for row, part in enumerate(group):
        item, start = part.article, part.stretch.start
        own = part.cues
        cues.extend(Cue(row, *item.cues[i]) for i in own)
        owners.extend(own)
        if chances is None:
            continue
        for first, last in cue_spans(chances[row, : part.stretch.end - start], threshold=_MISTAKE):
            first, last = first + start, last + start
            met = [i for i in own if item.cues[i][0] < last and first < item.cues[i][1]]
            if not met or (len(met) == 1 and item.cues[met[0]] != (first, last)):
                cues.append(Cue(row, first, last))
                owners.append(met[0] if met else -1)
    return cues, owners


def _targets(
    group: Sequence[Part], cues: Sequence[Cue], owners: Sequence[int], around: Surroundings
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    """Return each cue's path, what a teacher thinks of its tokens, and 1 where one does."""
    path = np.zeros(around.at.shape, np.int64)
    soft = np.zeros((*around.at.shape, 3), np.float32)
    taught = np.zeros(len(cues), np.float32)
    for number, (cue, owner) in enumerate(zip(cues, owners, strict=True)):
        if owner < 0:
            continue
        item = group[cue.row].article
        first = int(around.first[number])
        size = int(around.exists[number].sum())
        roles = item.roles[owner, first : first + size].copy()
        roles[max(0, cue.start - first) : max(0, cue.end - first)] = 0
        path[number, :size] = path_of(roles)
        if item.soft_roles is not None:
            soft[number, :size] = item.soft_roles[owner][first : first + size]
            taught[number] = 1.0
    return path, soft, taught
