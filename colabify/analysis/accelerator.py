"""What the code says about GPUs and TPUs. A commented-out line says nothing."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from colabify.full_names import qualified

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from colabify.unit import Unit

Kind = Literal["GPU", "TPU"]
_GPU_MODULES = frozenset(
    {"cupy", "cudf", "cuml", "cugraph", "jax", "numba.cuda", "pycuda", "triton"}
)
_TPU_MODULES = frozenset({"torch_xla", "libtpu"})
_TPU_NAMES = frozenset({"TPUStrategy", "TPUClusterResolver", "initialize_tpu_system"})
_GPU_CALLS = frozenset(
    {"tensorflow.test.is_gpu_available", "tensorflow.test.gpu_device_name", "mxnet.gpu"}
)
_TAKE_DEVICES = frozenset(
    {
        "to",
        "device",
        "list_physical_devices",
        "list_logical_devices",
        "devices",
        "get_visible_devices",
    }
)
_ASKING = (ast.Import, ast.ImportFrom, ast.Call, ast.Attribute, ast.Assign, ast.AnnAssign)
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
    return [hint for unit in units for hint in _of_unit(unit, imports)]


def _of_unit(unit: Unit, names: Mapping[str, str]) -> Iterator[Hint]:
    for node in unit.of(*_ASKING):
        found = _of_node(node, names)
        if found is not None:
            kind, said = found
            yield Hint(kind, said, unit, getattr(node, "lineno", 1))


def _of_node(node: ast.AST, names: Mapping[str, str]) -> tuple[Kind, str] | None:
    match node:
        case ast.Import() | ast.ImportFrom():
            return _of_import(node)
        case ast.Call():
            return _of_call(node, names)
        case ast.Attribute(attr=attr) if attr.endswith("Tensor"):
            found = qualified(node, names).startswith("torch.cuda.")
            return ("GPU", ast.unparse(node)) if found else None
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return _of_assignment(name.lower(), value, node)
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            return _of_assignment(name.lower(), value, node)
        case _:
            return None


def _of_assignment(name: str, value: ast.expr, node: ast.stmt) -> tuple[Kind, str] | None:
    """``USE_GPU = True``, ``device = "cuda:0"``; a list of column names that has "gpu" in it is none."""
    if name in _SWITCHES:
        asks = _is_true(value) or _is_gpu(value)
    else:
        chosen = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
        asks = any(_is_gpu(one, plain="device" in name) for one in chosen)
    return ("GPU", ast.unparse(node)) if asks else None


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


def _of_call(node: ast.Call, names: Mapping[str, str]) -> tuple[Kind, str] | None:
    name = qualified(node.func, names)
    last = name.rpartition(".")[2] or getattr(node.func, "attr", "")
    if last in _TPU_NAMES:
        return "TPU", ast.unparse(node.func)
    asks = (
        (last == "cuda" and isinstance(node.func, ast.Attribute))
        or (name.startswith("torch.cuda.") and "seed" not in last)
        or name in _GPU_CALLS
        or (last in _TAKE_DEVICES and any(_is_gpu(inner) for inner in _arguments(node)))
        or any(_asks(word) for word in node.keywords)
    )
    return ("GPU", ast.unparse(node)) if asks else None


def _arguments(node: ast.Call) -> Iterator[ast.AST]:
    """What may be a device in the arguments of a call, which may choose: ``"cuda" if ok else "cpu"``."""
    for argument in [*node.args, *(word.value for word in node.keywords)]:
        yield from ast.walk(argument)


def _asks(word: ast.keyword) -> bool:
    """Whether a keyword asks for a GPU: ``device="cuda"``, ``gpus=1``."""
    if word.arg == "gpus":
        return isinstance(word.value, ast.Constant) and word.value.value not in (0, None)
    return word.arg in ("device", "map_location", "accelerator") and _is_gpu(word.value)


def _is_gpu(node: ast.AST, *, plain: bool = True) -> bool:
    """Whether an expression names a GPU: ``"cuda:0"``, ``"/device:GPU:0"``; if ``plain``, also ``"gpu"``."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    text = node.value.lower()
    marks = ("cuda:", "gpu:", "/gpu:", "/device:gpu")
    return text == "cuda" or text.startswith(marks) or (plain and text in ("gpu", "/gpu"))


def _is_true(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return node.value is True or node.value == 1
    return "is_available" in ast.unparse(node)
