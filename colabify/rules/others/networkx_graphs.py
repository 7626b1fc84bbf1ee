"""Networkx 2.0 gave views and iterators where there were lists and dicts; 2.4 removed the old methods.

Source: networkx's migration guide from 1.x to 2.0 and its release notes of 2.4; every old form was run on
Python 3.13 with networkx 3.6, and on networkx 1.11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import constant_of
from colabify.rules.families import Methods, Row
from colabify.rules.others.expressions import method_of, placed
from colabify.rules.others.several import Several
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_GRAPHS = ("networkx.Graph", "networkx.MultiGraph")
_ITERATORS = ("nodes", "edges", "in_edges", "out_edges", "neighbors", "predecessors", "successors",
"adjacency",
              "degree", "in_degree", "out_degree")  # fmt: skip
_RENAMED = {**{f"{name}_iter": (name, "2.0") for name in _ITERATORS},
            "node": ("nodes", "2.4"), "edge": ("adj", "2.0")}  # fmt: skip
_OF_MODULE = ("add_path", "add_star", "add_cycle", "number_of_selfloops")
_LISTS_OF_MODULE = ("selfloop_edges", "nodes_with_selfloops")
_VIEWS = {
    "networkx.DegreeView": "is no dict since networkx 2.0",
    "networkx.Pairs": "gives pairs since networkx 2.0",
}
_LISTED = ("networkx.NodeView", "networkx.EdgeView", "networkx.Iterator", "networkx.Components")
_CHOOSERS = frozenset({"random.choice", "random.sample"})


class _Methods(Methods):
    rows: ClassVar = {
        f"{kind}.{old}": Row(new, since=f"networkx {version}")
        for kind in _GRAPHS
        for old, (new, version) in _RENAMED.items()
    }
    rare: ClassVar = frozenset({"nodes_iter", "edges_iter", "neighbors_iter", "adjacency_iter"})


class _Calls(Rule):
    """Methods that are functions now, and dicts of attributes that are keywords."""

    nodes = ("Call",)
    packages = frozenset({"networkx"})
    needles = frozenset({*_OF_MODULE, *_LISTS_OF_MODULE, "adjacency_list", "add_node", "add_edge",
                         *(old for old in _RENAMED if old.endswith("_iter"))})  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What stands for a call of a graph's method."""
        import libcst as cst

        node = cst.ensure_type(node, cst.Call)
        if context.full_names(node.func) == () and code_of(node.func) == "next":
            return _next(node, context)
        method = method_of(node)
        if (
            method is None
            or method[1] not in self.needles
            or context.kind(method[0]) not in _GRAPHS
        ):
            return None
        graph, name = code_of(method[0]), method[1]
        if name in ("add_node", "add_edge"):
            return _keywords(node, context.kind(method[0]), name, context)
        if not is_gone("networkx 2.4", context.runtime):
            return None
        if name == "adjacency_list" and not node.args:
            return Remedy(placed(f"list(map(list, {graph}.adj.values()))", node))
        if name not in (*_OF_MODULE, *_LISTS_OF_MODULE):
            return None
        function, imports = context.spell(f"networkx.{name}")
        args = ", ".join(
            [
                graph,
                *(code_of(one.with_changes(comma=cst.MaybeSentinel.DEFAULT)) for one in node.args),
            ]
        )
        code = f"{function}({args})"
        return Remedy(placed(f"list({code})" if name in _LISTS_OF_MODULE else code, node), imports)


def _next(call: cst.Call, context: Context) -> Remedy | None:
    """``next(G.nodes_iter())``: what ``nodes`` gives is no iterator."""
    import libcst as cst

    if len(call.args) != 1:
        return None
    method = method_of(call.args[0].value)
    if method is None or method[1] not in _RENAMED or context.kind(method[0]) not in _GRAPHS:
        return None
    inner = call.args[0].value
    inner = cst.ensure_type(inner, cst.Call)
    name = _RENAMED[method[1]][0]
    new = inner.with_changes(func=inner.func.with_changes(attr=cst.Name(name)))
    return Remedy(placed(f"next(iter({code_of(new)}))", call))


def _keywords(call: cst.Call, kind: str, name: str, context: Context) -> Remedy | None:
    """``G.add_edge(u, v, {"w": 1})``: attributes are keywords since networkx 2.0."""
    import libcst as cst

    before = {"add_node": 1, "add_edge": 2}[name]
    if len(call.args) <= before or not is_gone("networkx 2.0", context.runtime):
        return None
    one = call.args[before]
    named = one.keyword is not None and one.keyword.value == "attr_dict"
    if one.star or (one.keyword is not None and not named):
        return None
    if not named and (kind != "networkx.Graph" or context.kind(one.value) != "dict"):
        return None
    given = constant_of(one.value)
    if isinstance(given, dict) and not all(isinstance(key, str) for key in given):
        return Remedy(
            text="attributes are keywords since networkx 2.0: name them by strings", safety="report"
        )
    new = cst.Arg(
        one.value, star="**", comma=one.comma, whitespace_after_arg=one.whitespace_after_arg
    )
    rest = call.args[before + 1 :]
    return Remedy(
        call.with_changes(args=[*call.args[:before], *rest[:0], new, *rest]), fails=not named
    )


class _Views(Rule):
    """Views that are used as the lists and dicts that they were."""

    nodes = ("Call", "Subscript")
    packages = frozenset({"networkx"})
    needles = frozenset({
        "nodes", "edges", "degree", "in_degree", "out_degree", "neighbors", "predecessors", "successors",
        "in_edges",
        "out_edges", "topological_sort", "connected_components", "strongly_connected_components",
        "weakly_connected_components", "values", "items", "keys", "choice", "sample", "len", "sort",
        "all_pairs_shortest_path", "all_pairs_shortest_path_length", "all_pairs_dijkstra_path",
        "all_pairs_dijkstra_path_length",
    })  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The view as a list, or a dict, where one is needed."""
        import libcst as cst

        if not is_gone("networkx 2.0", context.runtime):
            return None
        if isinstance(node, cst.Subscript):
            return _indexed(node, context)
        node = cst.ensure_type(node, cst.Call)
        method = method_of(node)
        if method is not None and method[1] in ("values", "items", "keys"):
            kind, value = context.kind(method[0]), code_of(method[0])
            if kind not in _VIEWS:
                return None
            func = cst.parse_expression(f"dict({value}).{method[1]}")
            return Remedy(node.with_changes(func=func), text=f"{value} {_VIEWS[kind]}")
        is_len = code_of(node.func) == "len" and "len" not in context.bound
        if not node.args or not (is_len or context.qualified(node.func) in _CHOOSERS):
            return None
        kind = context.kind(node.args[0].value)
        if kind not in _LISTED or (is_len and kind in ("networkx.NodeView", "networkx.EdgeView")):
            return None
        listed = cst.parse_expression(f"list({code_of(node.args[0].value)})")
        return Remedy(
            node.with_changes(args=[node.args[0].with_changes(value=listed), *node.args[1:]])
        )


def _indexed(node: cst.Subscript, context: Context) -> Remedy | None:
    """``G.nodes()[0]``: what is asked for by its place has to be a list."""
    import libcst as cst

    kind = context.kind(node.value)
    if len(node.slice) != 1 or not (kind in _LISTED or kind == "networkx.Pairs"):
        return None
    value, index = code_of(node.value), node.slice[0].slice
    if kind == "networkx.Pairs":
        return Remedy(node.with_changes(value=cst.parse_expression(f"dict({value})")))
    place = constant_of(index.value) if isinstance(index, cst.Index) else 0
    if not isinstance(place, int) and (
        not isinstance(index, cst.Index) or context.kind(index.value) != "int"
    ):
        return None
    if kind == "networkx.Components":
        code = f"sorted({value}, key=len, reverse=True)"
        return Remedy(node.with_changes(value=cst.parse_expression(code)))
    new = node.with_changes(value=cst.parse_expression(f"list({value})"))
    if kind == "networkx.NodeView" and isinstance(index, cst.Index):
        text = "G.nodes()[0] is what is known of node 0 since networkx 2.0: list(G.nodes())[0] is the first"
        return Remedy(new, text=text, safety="unsafe", fails=False)
    return Remedy(new)


_NX = "import networkx as nx\n"
_G = _NX + "G = nx.path_graph(4)\n"


class NetworkxGraphs(Several):
    """Use graphs as networkx 2 and 3 have them: views instead of lists, keywords instead of dicts.

    ``G.nodes_iter()`` is ``G.nodes()``, ``G.degree().values()`` is ``dict(G.degree()).values()``.
    """

    code = "COL171"
    name = "networkx-graphs"
    parts: ClassVar = (_Calls(), _Views(), _Methods())
    examples = (
        Example(_G + "x = [n for n in G.nodes_iter()]\n", _G + "x = [n for n in G.nodes()]\n", shows="x"),
        Example(_G + "x = next(G.edges_iter())\n", _G + "x = next(iter(G.edges()))\n", shows="x"),
        Example(_G + "G.node[1]['c'] = 2\nx = G.edge[0][1]\n", _G + "G.nodes[1]['c'] = 2\n"
                "x = G.adj[0][1]\n", shows="x"),
        Example(_G + "x = sorted(G.degree().values())\n", _G + "x = sorted(dict(G.degree()).values())\n",
                shows="x"),
        Example(_G + "d = nx.degree(G)\nx = max(d.items(), key=lambda p: p[1])[1]\n",
                _G + "d = nx.degree(G)\nx = max(dict(d).items(), key=lambda p: p[1])[1]\n", shows="x"),
        Example(_G + "x = G.edges()[0]\n", _G + "x = list(G.edges())[0]\n", shows="x"),
        Example(_G + "x = G.nodes()[0]\ny = x + 1\n", _G + "x = list(G.nodes())[0]\ny = x + 1\n", shows="y",
                unsafe=True),
        Example(_G + "x = len(G.neighbors(1))\n", _G + "x = len(list(G.neighbors(1)))\n", shows="x"),
        Example(_NX + "G = nx.Graph()\nG.add_path([1, 2, 3])\nG.add_node(4, {'c': 1})\nx = len(G)\n",
                _NX + "G = nx.Graph()\nnx.add_path(G, [1, 2, 3])\nG.add_node(4, **{'c': 1})\nx = len(G)\n",
                shows="x"),
        Example(_G + "x = nx.all_pairs_shortest_path_length(G)[0][3]\n",
                _G + "x = dict(nx.all_pairs_shortest_path_length(G))[0][3]\n", shows="x"),
        Example(_G + "x = G.adjacency_list()\nG.remove_edges_from(G.selfloop_edges())\n",
                _G + "x = list(map(list, G.adj.values()))\n"
                "G.remove_edges_from(list(nx.selfloop_edges(G)))\n", shows="x"),
        Example(_NX + "def first(G):\n    return G.nodes_iter()\n", told=".nodes_iter is .nodes now"),
        Example(_G + "x = G.nodes()[n]\ny = G.nodes[0]\n"),
        Example(_G + "x = dict(G.degree()).values()\ny = G.degree()[0]\n"),
        Example(_G + "x = len(G.nodes()) + len(G.edges())\n"),
        Example(_G + "G.add_edge(1, 2, weight=3)\nG.add_node(5, c=1)\n"),
        Example(_NX + "M = nx.MultiGraph()\nM.add_edge(1, 2, {})\n"),
        Example("import networkx as nx\nx = tree.node\ny = tree.edge[1]\n"),
        Example("import networkx as nx\nx = {1: 2}.values()\ny = {1: 2}[1]\n"),
        Example("x = graph.node['a']\n"),
        Example(_G + "x = nx.clustering(G).values()\ny = nx.shortest_path(G)[0]\n"),
        Example(_G + "x = [G.neighbors(n) for n in G]\n"),
        Example(_G + "for n, d in G.degree():\n    pass\n"),
    )  # fmt: skip
