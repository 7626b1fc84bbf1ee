"""Networkx 2.0 to 3.0 removed functions, and gave others new names.

Sources: networkx's migration guide to 2.0 and its release notes of 2.0 to 3.4; every old name fails on Python
3.13 with networkx 3.6. Drawing with Graphviz goes by pydot, which Colab has with Graphviz itself, and not by
pygraphviz, which it lacks. What wrote and read pickles is pickle itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import constant_of
from colabify.rules.families import Renamed, Row
from colabify.rules.others.expressions import is_simple, placed
from colabify.rules.others.networkx_calls import CALLED, TOLD
from colabify.rules.others.several import Several
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_PARTS = ("connected", "strongly_connected", "weakly_connected", "biconnected", "attracting")
_SUBGRAPHS = {f"networkx.{part}_component_subgraphs": part for part in _PARTS}
_DRAWING = "networkx.drawing"
_TYPES = "what it gives is an array now, where * multiplies element by element: use @"
_OF_PYDOT = ("graphviz_layout", "pydot_layout", "write_dot", "read_dot", "to_pydot", "from_pydot")


class _Names(Renamed):
    rows: ClassVar = {
        "networkx.from_pandas_dataframe": Row("networkx.from_pandas_edgelist", "networkx 2.0"),
        "networkx.to_pandas_dataframe": Row("networkx.to_pandas_adjacency", "networkx 2.0"),
        "networkx.from_numpy_matrix": Row("networkx.from_numpy_array", "networkx 3.0"),
        "networkx.from_scipy_sparse_matrix": Row("networkx.from_scipy_sparse_array", "networkx 3.0"),
        "networkx.to_scipy_sparse_matrix": Row(
            "networkx.to_scipy_sparse_array", "networkx 3.0", _TYPES, "unsafe", shim=False),
        "networkx.adj_matrix": Row("networkx.adjacency_matrix", "networkx 3.0"),
        "networkx.edge_betweenness": Row("networkx.edge_betweenness_centrality", "networkx 3.0"),
        "networkx.find_cores": Row("networkx.core_number", "networkx 3.0"),
        "networkx.hits_scipy": Row("networkx.hits", "networkx 3.0"),
        "networkx.OrderedDiGraph": Row("networkx.DiGraph", "networkx 3.0"),
        "networkx.pagerank_scipy": Row("networkx.pagerank", "networkx 3.0"),
        "networkx.random_tree": Row("networkx.random_labeled_tree", "networkx 3.4", (
            "nx.random_tree is nx.random_labeled_tree since networkx 3.2"), "unsafe"),
        "networkx.OrderedGraph": Row("networkx.Graph", "networkx 3.0"),
        **{f"networkx.{name}": Row(f"{_DRAWING}.nx_pydot.{name}", "networkx 2.0") for name in _OF_PYDOT},
        **{f"networkx.{name}": Row(f"{_DRAWING}.nx_agraph.{name}", "networkx 2.0")
           for name in ("to_agraph", "from_agraph")},
        **{f"networkx.{name}": Row(since="networkx 3.0", text=text) for name, text in TOLD.items()},
        **{full: Row(since="networkx 2.4", text=(
            f"{full} is gone: take G.subgraph(nodes).copy() for each of nx.{part}_components(G)"))
           for full, part in _SUBGRAPHS.items()},
    }  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What networkx itself has as a module, ``nx.nx_pydot``, is reached by that."""
        remedy = super().check(node, context)
        full = context.qualified(node)
        row = self.rows.get(full)
        if remedy is None or row is None or not row.new.startswith(_DRAWING):
            return remedy
        module, _, name = row.new.removeprefix(f"{_DRAWING}.").partition(".")
        spelled, imports = context.spell(f"networkx.{module}")
        if type(node).__name__ != "Attribute" or not spelled.endswith(f".{module}"):
            return remedy
        new = placed(f"{spelled}.{name}", node)  # type: ignore[arg-type]
        return Remedy(new, imports, remedy.text, shims=remedy.shims)


class _Calls(Rule):
    """What is an expression now, and no name."""

    nodes = ("Call", "Subscript")
    packages = frozenset({"networkx"})

    @property
    def needles(self) -> frozenset[str]:  # type: ignore[override]
        """The last parts of the functions' names."""
        return frozenset(name.rpartition(".")[2] for name in (*CALLED, *_SUBGRAPHS))

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The expression that stands for the call."""
        import libcst as cst

        if isinstance(node, cst.Subscript) and isinstance(node.value, cst.Call):
            return _indexed(node, node.value, context)
        if not isinstance(node, cst.Call):
            return None
        full = context.qualified(node.func)
        if full in _SUBGRAPHS and is_gone("networkx 2.4", context.runtime):
            code = _subgraphs(node, _SUBGRAPHS[full], context)
            return Remedy(placed(f"({code})", node)) if code else None
        since, make = CALLED.get(full, ("", None))
        return make(node, context) if make and is_gone(since, context.runtime) else None


def _subgraphs(call: cst.Call, part: str, context: Context, *, ranked: bool = False) -> str:
    """``G.subgraph(nodes).copy() for nodes in …``; empty if what the graph is has to be worked out twice."""
    graph = code_of(call.args[0].value) if call.args else ""
    copied = [constant_of(one.value) for one in call.args[1:]]
    if not is_simple(graph) or not all(isinstance(one, bool) for one in copied):
        return ""
    name = "nodes" if graph.partition(".")[0] != "nodes" else "part"
    copy = "" if False in copied else ".copy()"
    components = f"{context.spell(f'networkx.{part}_components')[0]}({graph})"
    if ranked:
        components = f"sorted({components}, key=len, reverse=True)"
    return f"{graph}.subgraph({name}){copy} for {name} in {components}"


def _indexed(node: cst.Subscript, call: cst.Call, context: Context) -> Remedy | None:
    """``…_component_subgraphs(G)[0]``: until networkx 1.9 the largest came first."""
    part = _SUBGRAPHS.get(context.qualified(call.func))
    if part is None or not is_gone("networkx 2.4", context.runtime):
        return None
    code = _subgraphs(call, part, context, ranked=True)
    if not code:
        return None
    import libcst as cst

    return Remedy(node.with_changes(value=cst.parse_expression(f"[{code}]")))


_IMPORT = "import networkx as nx\nG = nx.path_graph(3)\n"


class NetworkxNames(Several):
    """Replace the functions that networkx has removed by what does the same.

    ``nx.from_pandas_dataframe`` is ``nx.from_pandas_edgelist``, ``nx.info(G)`` is ``str(G)``.
    """

    code = "COL170"
    name = "networkx-names"
    parts: ClassVar = (_Calls(), _Names())
    examples = (
        Example(_IMPORT + "print(nx.info(G))\n", _IMPORT + "print(str(G))\n"),
        Example(_IMPORT + "m = nx.adj_matrix(G).todense().tolist()\n",
                _IMPORT + "m = nx.adjacency_matrix(G).todense().tolist()\n", shows="m"),
        Example(_IMPORT + "A = nx.to_numpy_matrix(G)\ntwo = (A * A).tolist()\n",
                "import networkx as nx\nimport numpy as np\nG = nx.path_graph(3)\n"
                "A = np.asmatrix(nx.to_numpy_array(G))\ntwo = (A * A).tolist()\n", shows="two"),
        Example(_IMPORT + "g = max(nx.connected_component_subgraphs(G), key=len)\nn = len(g)\n",
                _IMPORT + "g = max((G.subgraph(nodes).copy() for "
                "nodes in nx.connected_components(G)), key=len)\n"
                "n = len(g)\n", shows="n"),
        Example(_IMPORT + "n = len(list(nx.connected_component_subgraphs(G)))\n",
                _IMPORT + "n = len(list(G.subgraph(nodes).copy() for nodes in nx.connected_components(G)))\n",
                shows="n"),
        Example(_IMPORT + "nx.set_node_attributes(G, 'c', {0: 5})\nc = nx.get_node_attributes(G, 'c')\n",
                _IMPORT + "nx.set_node_attributes(G, {0: 5}, 'c')\nc = nx.get_node_attributes(G, 'c')\n",
                shows="c"),
        Example("import networkx as nx\nimport pandas as pd\nd = pd.DataFrame({'a': [1], 'b': [2]})\n"
                "n = len(nx.from_pandas_dataframe(d, 'a', 'b'))\n",
                "import networkx as nx\nimport pandas as pd\nd = pd.DataFrame({'a': [1], 'b': [2]})\n"
                "n = len(nx.from_pandas_edgelist(d, 'a', 'b'))\n", shows="n"),
        Example(_IMPORT + "nx.write_gpickle(G, 'g.p')\n", "import networkx as nx\nimport pathlib\n"
                "import pickle\n"
                "G = nx.path_graph(3)\npathlib.Path('g.p').write_bytes(pickle.dumps(G))\n"),
        Example(_IMPORT + "pos = nx.graphviz_layout(G)\n", _IMPORT + "pos = nx.nx_pydot.graphviz_layout(G)\n",
                not_run="needs Graphviz"),
        Example("from networkx import graphviz_layout\n",
                "from networkx.drawing.nx_pydot import graphviz_layout\n"),
        Example(_IMPORT + "H = nx.read_gpickle(f)\n", told="pickle.load"),
        Example(_IMPORT + "nx.set_node_attributes(G, 'red', 'colour')\n"),
        Example(_IMPORT + "nx.draw_graphviz(G)\n", told="nx_pydot"),
        Example(_IMPORT + "n = nx.number_connected_components(G)\n"),
        Example(_IMPORT + "n = len(list(nx.connected_components(G)))\n"),
        Example(_IMPORT + "nx.set_node_attributes(G, {0: 5}, 'c')\n"),
        Example("import logging as nx\nnx.info('a')\n"),
        Example(_IMPORT + "A = nx.to_numpy_array(G)\nmodel.info(G)\n"),
        Example("from networkx import *\ninfo = print\ninfo(3)\n"),
        Example(_IMPORT + "pos = nx.nx_agraph.graphviz_layout(G)\n"),
    )  # fmt: skip
