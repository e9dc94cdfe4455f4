"""The SHA-256 of the sentence encoder's files; the graph's is printed by what writes it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SHA256: Final = {
    "model.onnx": "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    "graph.onnx": "3a65167512bd77814ba84d5ab6c0d83db95425473b7f59ae195e61b482f44f41",
    "tokenizer.json": "9114256b104cca80e04367526f03f46aa3c443c2ed174904142a73bbf13b9fbb",
}


def digest(hashes: Mapping[str, str] = SHA256) -> str:
    """Return the hash over the hashes of all files."""
    lines = "".join(f"{name} {hashes[name]}\n" for name in sorted(hashes))
    return "sha256:" + hashlib.sha256(lines.encode()).hexdigest()
