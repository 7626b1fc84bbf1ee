"""Functions of networkx for which an expression stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Remedy
from colabify.rules.calls import text_of
from colabify.rules.others.expressions import placed, positional
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import libcst as cst

    from colabify.rules.context import Context

TOLD = {
    "info": "nx.info is gone: str(G) says what a graph is",
    "read_gpickle": "nx.read_gpickle is gone: open the file and use pickle.load",
    "write_gpickle": "nx.write_gpickle is gone: open a file and use pickle.dump",
    "max_flow": "nx.max_flow is gone: nx.maximum_flow_value gives the number",
    "read_shp": "nx.read_shp is gone: geopandas reads shapefiles, and momepy makes graphs of them",
    "read_yaml": "nx.read_yaml is gone: read the file with yaml, and make the graph of what it gives",
    "draw_graphviz": "nx.draw_graphviz is gone: nx.draw(G, pos=nx.nx_pydot.graphviz_layout(G))",
    "to_numpy_matrix": "nx.to_numpy_matrix is gone: nx.to_numpy_array gives an array, where @ is what * was",
}


def _info(call: cst.Call, context: Context) -> Remedy | None:
    args = positional(call)
    text = "nx.info is gone: str(G) says what a graph is"
    if args is None or len(args) != 1 or "str" in context.bound:
        return Remedy(text=text, safety="report")
    return Remedy(placed(f"str({args[0]})", call), text=text)


def _matrix(call: cst.Call, context: Context) -> Remedy:
    """A matrix of the array: what is done with it may be a matrix product, or need two dimensions."""
    import libcst as cst

    made, imports = context.spell("networkx.to_numpy_array")
    matrix, more = context.spell("numpy.asmatrix", binding="np")
    inner = code_of(call.with_changes(func=cst.parse_expression(made), lpar=[], rpar=[]))
    return Remedy(placed(f"{matrix}({inner})", call), (*imports, *more))


def _read(call: cst.Call, context: Context) -> Remedy:
    args, text = positional(call), TOLD["read_gpickle"]
    if args is None or len(args) != 1 or not _is_path(call, 0, context):
        return Remedy(text=text, safety="report")
    path, imports = context.spell("pathlib.Path")
    loads, more = context.spell("pickle.loads")
    new = placed(f"{loads}({path}({args[0]}).read_bytes())", call)
    text = "nx.read_gpickle is gone: pickle reads the file, if a networkx of today wrote it"
    return Remedy(new, (*imports, *more), text, "unsafe")


def _write(call: cst.Call, context: Context) -> Remedy:
    args, text = positional(call), TOLD["write_gpickle"]
    if args is None or len(args) != 2 or not _is_path(call, 1, context):
        return Remedy(text=text, safety="report")
    path, imports = context.spell("pathlib.Path")
    dumps, more = context.spell("pickle.dumps")
    new = placed(f"{path}({args[1]}).write_bytes({dumps}({args[0]}))", call)
    return Remedy(new, (*imports, *more), text)


def _is_path(call: cst.Call, position: int, context: Context) -> bool:
    """Whether a path is given, rather than an open file, and none of a packed file."""
    value = call.args[position].value
    text = text_of(value)
    return context.kind(value) == "str" and not (text or "").endswith((".gz", ".bz2"))


def _attributes(call: cst.Call, context: Context) -> Remedy | None:
    """``set_node_attributes(G, name, values)``: since networkx 2.0 the values come before the name."""
    args = positional(call)
    if args is None or len(args) != 3 or context.kind(call.args[1].value) != "str":
        return None
    kind = context.kind(call.args[2].value)
    if kind == "str":
        return None  # a value for all, and its name
    new = call.with_changes(args=[
        call.args[0],
        call.args[1].with_changes(value=call.args[2].value),
        call.args[2].with_changes(value=call.args[1].value),
    ])  # fmt: skip
    sure = text_of(call.args[1].value) is not None and (kind or "(" in args[2] or "{" in args[2])
    text = (
        "the values come before the name since networkx 2.0: set_node_attributes(G, values, name)"
    )
    return Remedy(new, text=text, safety="safe" if sure else "unsafe")


CALLED: dict[str, tuple[str, Callable[[cst.Call, Context], Remedy | None]]] = {
    "networkx.info": ("networkx 3.0", _info),
    "networkx.to_numpy_matrix": ("networkx 3.0", _matrix),
    "networkx.read_gpickle": ("networkx 3.0", _read),
    "networkx.write_gpickle": ("networkx 3.0", _write),
    "networkx.set_node_attributes": ("networkx 2.0", _attributes),
    "networkx.set_edge_attributes": ("networkx 2.0", _attributes),
}
