"""A vector of unit length in 388 bytes: a step as a 32-bit float, then 384 whole numbers of steps.

The numbers run from -127 to 127. Over sentences of news the cosine of a vector with what comes back
is above 0.9998, and the cosine of two vectors is off by less than 0.003: enough to find candidates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

DIMENSIONS: Final = 384
PACKED_BYTES: Final = 4 + DIMENSIONS


def pack(vectors: NDArray[np.float32]) -> list[bytes]:
    """Return each row of `[n, 384]` in PACKED_BYTES bytes, little-endian; the step makes it unit.

    Raises ValueError where a row has no direction, or none that is finite.
    """
    import numpy as np

    most = np.abs(vectors).max(axis=1, initial=0.0)
    if not (np.isfinite(most) & (most > 0)).all():
        raise ValueError("a vector without a direction cannot be packed")
    whole = np.rint(vectors * (127 / most)[:, None]).astype(np.int8)
    steps = 1 / np.linalg.norm(whole.astype(np.float32), axis=1)
    rows = np.empty((len(vectors), PACKED_BYTES), np.uint8)
    rows[:, :4] = steps.astype("<f4")[:, None].view(np.uint8)
    rows[:, 4:] = whole.view(np.uint8)
    return [row.tobytes() for row in rows]


def parts(packed: Sequence[bytes]) -> tuple[NDArray[np.float32], NDArray[np.int8]]:
    """Return the steps `[n]` and the whole numbers `[n, 384]` of packed vectors.

    Raises ValueError where one has another size.
    """
    import numpy as np

    if any(len(one) != PACKED_BYTES for one in packed):
        raise ValueError(f"a packed vector has {PACKED_BYTES} bytes")
    rows = np.frombuffer(b"".join(packed), np.uint8).reshape(-1, PACKED_BYTES)
    steps = np.ascontiguousarray(rows[:, :4]).view("<f4")[:, 0]
    return steps, np.ascontiguousarray(rows[:, 4:]).view(np.int8)


def unpack(packed: Sequence[bytes]) -> NDArray[np.float32]:
    """Return the vectors `[n, 384]`, of unit length; raises ValueError for another size."""
    import numpy as np

    steps, whole = parts(packed)
    return whole.astype(np.float32) * steps[:, None]
