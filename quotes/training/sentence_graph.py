"""Write the graph by which the sentence encoder is run: the weights stay in their own package.

    python -m quotes.training.sentence_graph

The package keeps 8-bit weights and a graph that unpacks them to 32 bits before each product. This
graph multiplies 8 bits by 8 bits, and unpacks only the embeddings that a text needs: it loads in a
quarter of the time and takes two thirds of the time per sentence. What stands before a product is
rounded to 8 bits word piece by word piece, not over the whole batch as DynamicQuantizeLinear would,
so that a sentence has the same vector in whatever batch it is.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from quotes.vectors.model import GRAPH, WEIGHTS, weights_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onnx import GraphProto, NodeProto

# What is smaller is written into the graph itself.
_SMALLEST_OUTSIDE = 1024


def main() -> None:
    """Write the graph beside `quotes.vectors.model` and print its hash."""
    content = build(weights_path())
    GRAPH.write_bytes(content)
    print(f"{GRAPH}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")


def build(weights: Path) -> bytes:
    """Return the graph for a file of weights, whose bytes it refers to by their places."""
    import onnx

    model = onnx.load(str(weights))
    graph = model.graph
    rewritten = list(_rewritten(graph))
    needed = {name for node in rewritten for name in node.input}
    needed |= {output.name for output in graph.output}
    kept = [node for node in rewritten if needed & set(node.output)]
    del graph.node[:]
    graph.node.extend(kept)
    _refer(graph, weights.read_bytes())
    content: bytes = model.SerializeToString()
    return content


def _rewritten(graph: GraphProto) -> Iterator[NodeProto]:
    import numpy as np
    from onnx import helper, numpy_helper

    node_of = {name: node for node in graph.node for name in node.output}
    stored = {tensor.name for tensor in graph.initializer}

    def packed(name: str) -> tuple[str, str] | None:
        """Return the 8-bit weights and their scale behind a matrix, if it is one of those."""
        product = node_of.get(name)
        cast = node_of.get(product.input[0]) if product and product.op_type == "Mul" else None
        if product is None or cast is None or cast.op_type != "Cast":
            return None
        return (cast.input[0], product.input[1]) if cast.input[0] in stored else None

    for name, value in (
        ("per_step", np.array(1 / 127, np.float32)),
        ("least_step", np.array(1e-12, np.float32)),
        ("middle", np.array(128, np.float32)),
        ("zero_point", np.array(128, np.uint8)),
    ):
        graph.initializer.append(numpy_helper.from_array(value, name))
    make = helper.make_node
    rounded: set[str] = set()
    for node in graph.node:
        if node.op_type == "MatMul" and (weights := packed(node.input[1])):
            x, (out,) = node.input[0], node.output
            if x not in rounded:
                rounded.add(x)
                yield make("Abs", [x], [f"{x}_size"])
                yield make("ReduceMax", [f"{x}_size"], [f"{x}_most"], axes=[-1], keepdims=1)
                yield make("Mul", [f"{x}_most", "per_step"], [f"{x}_least"])
                yield make("Max", [f"{x}_least", "least_step"], [f"{x}_step"])
                yield make("Div", [x, f"{x}_step"], [f"{x}_steps"])
                yield make("Round", [f"{x}_steps"], [f"{x}_whole"])
                yield make("Add", [f"{x}_whole", "middle"], [f"{x}_shifted"])
                yield make("Cast", [f"{x}_shifted"], [f"{x}_q"], to=2)
            yield make("MatMulInteger", [f"{x}_q", weights[0], "zero_point"], [f"{out}_whole"])
            yield make("Cast", [f"{out}_whole"], [f"{out}_f"], to=1)
            yield make("Mul", [f"{out}_f", weights[1]], [f"{out}_scaled"])
            yield make("Mul", [f"{out}_scaled", f"{x}_step"], [out])
        elif node.op_type == "Gather" and (weights := packed(node.input[0])):
            ids, (out,) = node.input[1], node.output
            yield make("Gather", [weights[0], ids], [f"{out}_q"], axis=0)
            yield make("Cast", [f"{out}_q"], [f"{out}_f"], to=1)
            yield make("Gather", [weights[1], ids], [f"{out}_scale"], axis=0)
            yield make("Mul", [f"{out}_f", f"{out}_scale"], [out])
        else:
            yield node


def _refer(graph: GraphProto, content: bytes) -> None:
    """Put places in the file of weights where its tensors were."""
    from onnx import TensorProto

    for tensor in graph.initializer:
        raw = tensor.raw_data
        if len(raw) < _SMALLEST_OUTSIDE:
            continue
        offset = content.find(raw)
        if offset < 0:
            raise ValueError(f"the bytes of {tensor.name} are not in the file")
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", WEIGHTS), ("offset", offset), ("length", len(raw))):
            entry = tensor.external_data.add()
            entry.key, entry.value = key, str(value)


if __name__ == "__main__":
    main()
