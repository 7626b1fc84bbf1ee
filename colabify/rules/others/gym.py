"""Gym 0.25.2, the one that Colab has, fails with NumPy 2 at ``env.step``, for want of two names of NumPy's.

Sources: gymnasium's migration guide (reset, step, seed, render, RecordVideo), and runs on Python 3.13 with
gym 0.25.2 and NumPy 2.1: with ``np.bool8`` and ``np.float_`` provided, CartPole, MountainCar, Acrobot,
Pendulum, FrozenLake, Taxi, CliffWalking and Blackjack are reset and stepped as before. Moving a course to
gymnasium would change what ``reset`` and ``step`` give, and so the loops round them. Code that is written for
gym 0.26 finds an older gym on Colab: that is told, once a notebook.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import text_of
from colabify.rules.families import Renamed, Row
from colabify.rules.others.expressions import is_first_import
from colabify.rules.others.several import Several
from colabify.rules.since import is_gone
from colabify.steps import Shim

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_TEXT = (
    "Colab has gym 0.25, of which reset() gives no info and step() four values: import gymnasium as gym, "
    "which has the calls of gym 0.26"
)
_NAMES = (Shim("numpy.bool8", "numpy.bool"), Shim("numpy.float_", "numpy.float64"))
"""What gym itself uses, in what checks each step and in Acrobot."""
_MONITOR = (
    "Monitor is gone: gymnasium.wrappers.RecordVideo records, with make(…, render_mode='rgb_array')"
)
# what gym.make and gymnasium.make refuse, what to ask for, and the gymnasium that has it (none: gym has, too)
_ENVIRONMENTS = {
    "FrozenLake-v0": ("FrozenLake-v1", ""), "FrozenLake8x8-v0": ("FrozenLake8x8-v1", ""),
    "Pendulum-v0": ("Pendulum-v1", ""), "Taxi-v1": ("Taxi-v3", ""), "Taxi-v2": ("Taxi-v3", ""),
    "LunarLander-v2": ("LunarLander-v3", "1.0"), "LunarLanderContinuous-v2": ("LunarLanderContinuous-v3",
    "1.0"),
    "CarRacing-v2": ("CarRacing-v3", "1.0"), "CliffWalking-v0": ("CliffWalking-v1", "1.1"),
    "Taxi-v3": ("Taxi-v4", "1.3"),
}  # fmt: skip


class _Names(Renamed):
    rows: ClassVar = {
        "gym.wrappers.Monitor": Row(since="gym 0.24", text=_MONITOR),
        "gym.wrappers.monitoring.Monitor": Row(since="gym 0.24", text=_MONITOR),
        "gym.envs.toy_text.discrete": Row(
            since="gym 0.22",
            text="gym.envs.toy_text.discrete is gone: see how gymnasium's FrozenLakeEnv is written"),
        "gym.undo_logger_setup": Row(since="gym 0.10", text="gym.undo_logger_setup is gone: leave it out"),
        "gym.upload": Row(since="gym 0.9",
        text="gym.upload is gone with the site that it was for: leave it out"),
    }  # fmt: skip


class _Environments(Rule):
    nodes = ("Call",)
    packages = frozenset({"gym", "gymnasium"})
    needles = frozenset({"make"})

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """``gym.make("FrozenLake-v0")``: a version that there is."""
        import libcst as cst

        node = cst.ensure_type(node, cst.Call)
        package, _, function = context.qualified(node.func).partition(".")
        if function != "make" or package not in self.packages or not node.args:
            return None
        first = node.args[0]
        new, needs = _ENVIRONMENTS.get(text_of(first.value) or "", ("", ""))
        if not new or not isinstance(first.value, cst.SimpleString) or (needs and package == "gym"):
            return None
        if needs and not is_gone(f"gymnasium {needs}", context.runtime):
            return None
        name = first.value.with_changes(
            value=f"{first.value.prefix}{first.value.quote}{new}{first.value.quote}"
        )
        renamed = node.with_changes(args=[first.with_changes(value=name), *node.args[1:]])
        text = f"{text_of(first.value)} is refused since gymnasium {needs}: {new} is the same game"
        # an older gymnasium, which a cell may install, has the old one
        sure = not needs or not any("install" in one.raw for one in context.escapes)
        return Remedy(renamed, text=text, safety="unsafe" if needs else "safe", fails=sure)


class _Dead(Rule):
    nodes = ("Import", "ImportFrom")
    packages = frozenset({"gym"})
    needles = frozenset({"gym"})

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The first import of gym, if the program makes an environment: what gym lacks is provided."""
        if not is_gone("numpy 2.0", context.runtime) or "gym.make" not in context.used:
            return None
        import libcst as cst

        if not isinstance(node, cst.Import | cst.ImportFrom) or not is_first_import(
            node, "gym", context
        ):
            return None
        if _is_of_026(context):
            return Remedy(text=_TEXT, safety="report")
        return Remedy(text="gym fails with NumPy 2 at env.step", safety="report", shims=_NAMES)


def _is_of_026(context: Context) -> bool:
    """Whether what ``step`` or ``reset`` gives is taken apart as gym 0.26 gives it."""
    return any(
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        and isinstance(node.targets[0], ast.Tuple)
        and (node.value.func.attr, len(node.targets[0].elts)) in (("step", 5), ("reset", 2))
        for unit in context.units
        for node in unit.nodes
    )


class Gym(Several):
    """Ask for environments that there are, and provide what gym itself misses in NumPy 2.

    ``FrozenLake-v0`` is ``FrozenLake-v1``. The setup cell gives NumPy the two names that gym 0.25 uses.
    """

    code = "COL179"
    name = "gym"
    parts: ClassVar = (_Dead(), _Environments(), _Names())
    examples = (
        Example("from gym import make\nx = make('Pendulum-v0').spec.id\n",
                "from gym import make\nx = make('Pendulum-v1').spec.id\n"),
        Example("import gymnasium as g\nenv = g.make('Taxi-v3', render_mode='ansi')\n",
                "import gymnasium as g\nenv = g.make('Taxi-v4', render_mode='ansi')\n", unsafe=True,
                not_run="needs gymnasium"),
        Example("import gym\nenv = gym.make('CartPole-v1')\nenv.reset()\n"
                "x, reward, done, info = env.step(0)\n"),
        Example("import gym\nenv = gym.make('CartPole-v1')\nx, info = env.reset(seed=1)\n"
                "x, reward, done, cut, info = env.step(0)\n", told="gymnasium"),
        Example("from gym import spaces\nfrom gym.wrappers import Monitor\n", told="RecordVideo"),
        Example("import gym\nx = gym.spaces.Discrete(3)\n"),
        Example("import gymnasium as gym\nenv = gym.make('CartPole-v1')\nenv.step(0)\n"),
        Example("import json\nimport gym\ns = gym.spaces.Discrete(3)\ns.step(0)\n"),
        Example("env = gym.make('FrozenLake-v0')\nimport torch\n"),
    )  # fmt: skip
