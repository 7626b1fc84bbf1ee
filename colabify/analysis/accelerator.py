"""What the code says about GPUs and TPUs. A commented-out line says nothing."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from colabify.program import qualified

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from colabify.program import Unit

Kind = Literal["GPU", "TPU"]
_GPU_MODULES = frozenset(
    {"cupy", "cudf", "cuml", "cugraph", "jax", "numba.cuda", "pycuda", "triton"}
)
_TPU_MODULES = frozenset({"torch_xla", "libtpu"})
_TPU_NAMES = frozenset({"TPUStrategy", "TPUClusterResolver", "initialize_tpu_system"})
_SWITCHES = frozenset(
    {"use_gpu", "use_cuda", "gpu", "cuda", "train_on_gpu", "enable_gpu", "has_gpu", "gpu_available"}
)


@dataclass(frozen=True, slots=True)
class Hint:
    """A place that asks for an accelerator, in the code's own words."""

    kind: Kind
    said: str
    unit: Unit
    line: int


def find_hints(units: Sequence[Unit], imports: Mapping[str, str]) -> list[Hint]:
    """Every place in ``units`` that asks for a GPU or a TPU."""
    names = dict(imports)
    return [hint for unit in units for hint in _of_unit(unit, names)]


def _of_unit(unit: Unit, names: dict[str, str]) -> Iterator[Hint]:
    for node in unit.nodes:
        found = _of_node(node, names)
        if found is not None:
            kind, said = found
            yield Hint(kind, said, unit, getattr(node, "lineno", 1))


def _of_node(node: ast.AST, names: dict[str, str]) -> tuple[Kind, str] | None:
    match node:
        case ast.Import() | ast.ImportFrom():
            return _of_import(node)
        case ast.Call():
            return _of_call(node, names)
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.lower() in _SWITCHES:
            said = ast.unparse(node)
            return ("GPU", said) if _is_true(value) or _names_gpu(value) else None
        case ast.Assign(value=value) if _names_gpu(value):
            return "GPU", ast.unparse(node)
        case _:
            return None


def _of_import(node: ast.Import | ast.ImportFrom) -> tuple[Kind, str] | None:
    if isinstance(node, ast.Import):
        modules = {alias.name for alias in node.names}
    elif node.level:
        return None
    else:
        modules = {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    for kind, known in (("TPU", _TPU_MODULES), ("GPU", _GPU_MODULES)):
        if any(
            module == one or module.startswith(one + ".") for module in modules for one in known
        ):
            return ("TPU" if kind == "TPU" else "GPU"), ast.unparse(node)
    return None


def _of_call(node: ast.Call, names: dict[str, str]) -> tuple[Kind, str] | None:
    name = qualified(node.func, names)
    last = name.rpartition(".")[2] or getattr(node.func, "attr", "")
    if last in _TPU_NAMES:
        return "TPU", ast.unparse(node.func)
    if last == "cuda" and isinstance(node.func, ast.Attribute):
        return "GPU", ast.unparse(node)
    if name in ("torch.cuda.is_available", "tensorflow.test.is_gpu_available"):
        return "GPU", ast.unparse(node)
    arguments = [*node.args, *(word.value for word in node.keywords)]
    devices = last in ("to", "device", "list_physical_devices", "list_logical_devices", "devices")
    if devices and any(_names_gpu(argument) for argument in arguments):
        return "GPU", ast.unparse(node)
    by_name = [word.value for word in node.keywords if word.arg in ("device", "map_location")]
    if any(_names_gpu(value) for value in by_name):
        return "GPU", ast.unparse(node)
    return None


def _names_gpu(node: ast.AST) -> bool:
    """Whether an expression holds the name of a GPU: ``"cuda:0"``, ``"/device:GPU:0"``."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            text = inner.value.lower()
            if text in ("cuda", "gpu", "/gpu") or text.startswith(
                ("cuda:", "/gpu:", "/device:gpu")
            ):
                return True
    return False


def _is_true(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return node.value is True or node.value == 1
    return "is_available" in ast.unparse(node)
