"""Why a plan is as it is, in lines for a person who asks (``--verbose``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.steps import Clone, Drive, Upload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.plans import Dependency, PathRow, Plan


def reasons(plan: Plan) -> Iterator[str]:
    """A line for each thing that is done, and why."""
    if plan.setup.source:
        yield f"{_source(plan.setup.source)}, stands in {plan.setup.folder or 'its root'}"
    yield from dict.fromkeys(_path(one) for one in plan.paths)
    yield from (_dependency(one) for one in plan.dependencies)
    yield from (f"installs {one.requirement}: {one.why}" for one in plan.setup.installs)
    yield from (f"installs the package in {one or 'the root'}" for one in plan.setup.packages)
    yield from (f"builds {one.product} with setup.py" for one in plan.setup.builds)
    yield from (f"installs apt's {one.package}, for {one.what}" for one in plan.setup.system)
    yield from (f"brings {one.kind}'s {one.name}, for {one.what}" for one in plan.setup.data)
    yield from (f"adds {one or 'the root'} to sys.path" for one in plan.setup.path_folders)
    for fetch in plan.setup.fetches:
        yield f"runs {fetch.script} for {', '.join(fetch.paths)}: {fetch.why}"
    yield from (f"fetches {one.path}: [tool.colabify.data] says how" for one in plan.setup.supplies)
    yield from (f"makes the folder {one}" for one in plan.setup.folders)
    yield from (one.said for one in plan.setup.shims)
    yield from (f"sets {name}={value} on Colab" for name, value in plan.setup.environment)
    if plan.setup.results:
        yield f"keeps {', '.join(plan.setup.results.paths)} ({plan.setup.results.persist})"
    if plan.accelerator:
        yield f"accelerator {plan.accelerator.kind} {plan.accelerator.type}".rstrip()
    yield from (f"cell {change.cell + 1}: {change.done}" for change in plan.sources)
    for change in plan.metadata:
        value = "removed" if change.value is None else change.value
        value = "put into Jupyter's form" if isinstance(value, dict) else value
        yield f"metadata {'.'.join(change.keys)}: {value}"


def _source(source: Clone | Drive | Upload) -> str:
    match source:
        case Clone() as clone:
            return f"clones {clone.url} at {clone.ref}{_less(clone)}"
        case Drive(folder=folder):
            return f"takes the course from {folder} in Drive"
        case Upload(name=name):
            return f"takes the course from an uploaded zip of {name}"


def _less(clone: Clone) -> str:
    """How it is cloned, and the megabytes that this saves, if it is not the usual way."""
    if clone.way == "shallow":
        return ""
    saved = f", {clone.saved / 1e6:.1f} MB less" if clone.saved else ""
    return f" ({clone.way}{saved})"


def _path(row: PathRow) -> str:
    """``path data/x.csv (cell 3): made (cell 2 writes it)``."""
    why = f" ({row.why})" if row.why else ""
    return f"path {row.text or '?'} ({row.place}): {row.state}{why}"


def _dependency(row: Dependency) -> str:
    """``imports sklearn (cell 3): scikit-learn 1.6.1 preinstalled``."""
    what = f"{row.distribution} {row.runtime}".strip()
    asked = f"; {row.source} asks for {row.asked}" if row.source else ""
    why = f" ({row.why})" if row.why else ""
    return (
        f"imports {row.module} ({row.place}): {f'{what} ' if what else ''}{row.action}{why}{asked}"
    )
