"""Attention as one operation: 2 of a window's 36 milliseconds are the copies that heads cost otherwise."""

from collections.abc import Iterable

from onnx import ModelProto, NodeProto, helper

DOMAIN = "com.microsoft"  # where onnxruntime keeps the operations that the standard lacks


def fuse_attention(model: ModelProto, heads: int) -> None:
    """Replace, in place, what torch exports for `scaled_dot_product_attention` by onnxruntime's MultiHeadAttention.

    Raises ValueError when a softmax isn't between the two products of an attention.
    """
    nodes = list(model.graph.node)
    makers = {name: node for node in nodes for name in node.output}
    fused = {
        id(last): make_attention(softmax, rows, last, heads)
        for softmax in nodes
        if softmax.op_type == "Softmax"
        for rows, last in [trace_attention(nodes, makers, softmax)]
    }
    keep_used(model, [fused.get(id(node), node) for node in nodes])
    if DOMAIN not in {opset.domain for opset in model.opset_import}:
        model.opset_import.append(helper.make_opsetid(DOMAIN, 1))


def trace_attention(
    nodes: Iterable[NodeProto], makers: dict[str, NodeProto], softmax: NodeProto
) -> tuple[list[str], NodeProto]:
    """Return the names of query, key and value before they're cut into heads, and the node that joins the heads."""

    def follow(name: str, *types: str) -> str:
        """Return the first input of the last of the nodes `types`, which made `name` one from the other."""
        for kind in types:
            if makers[name].op_type != kind:
                raise ValueError(f"{name} is made by {makers[name].op_type}, not by {kind}")
            name = makers[name].input[0]
        return name

    def take(name: str, kind: str) -> NodeProto:
        """Return the one node of this type that takes `name`."""
        (taker,) = (node for node in nodes if name in node.input)
        if taker.op_type != kind:
            raise ValueError(f"{name} goes to {taker.op_type}, not to {kind}")
        return taker

    product = makers[softmax.input[0]]
    weighted = take(softmax.output[0], "MatMul")
    scaled = ("Mul", "Transpose", "Reshape")  # query and key are each multiplied by the root of the scale
    rows = [
        follow(product.input[0], *scaled),
        follow(product.input[1], *scaled),
        follow(weighted.input[1], *scaled[1:]),
    ]
    return rows, take(take(weighted.output[0], "Transpose").output[0], "Reshape")


def make_attention(softmax: NodeProto, rows: list[str], last: NodeProto, heads: int) -> NodeProto:
    """Return the operation that makes of query, key and value what `last` made."""
    name = softmax.name.replace("Softmax", "Attention")
    return helper.make_node("MultiHeadAttention", rows, last.output, name=name, domain=DOMAIN, num_heads=heads)


def keep_used(model: ModelProto, nodes: list[NodeProto]) -> None:
    """Set the nodes of the model to those of `nodes` that something is made of, and drop unused constants."""
    results = {output.name for output in model.graph.output}
    while True:
        used = results.union(*(node.input for node in nodes))
        kept = [node for node in nodes if used.intersection(node.output)]
        if len(kept) == len(nodes):
            break
        nodes = kept
    constants = [constant for constant in model.graph.initializer if constant.name in used]
    del model.graph.node[:], model.graph.initializer[:]
    model.graph.node.extend(nodes)
    model.graph.initializer.extend(constants)
