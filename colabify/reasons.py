"""Why a plan is as it is, in lines for a person who asks (``--verbose``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.plan import Dependency, Plan


def reasons(plan: Plan) -> Iterator[str]:
    """A line for each thing that is done, and why."""
    if plan.setup.clone:
        where = plan.setup.folder or "its root"
        yield f"clones {plan.setup.clone.url} at {plan.setup.clone.ref}, stands in {where}"
    yield from (_dependency(one) for one in plan.dependencies)
    yield from (f"installs {one.requirement}: {one.why}" for one in plan.setup.installs)
    yield from (f"installs the package in {one or 'the root'}" for one in plan.setup.packages)
    yield from (f"builds {one.product} with setup.py" for one in plan.setup.builds)
    yield from (f"installs apt's {one.package}, for {one.what}" for one in plan.setup.system)
    yield from (f"brings {one.kind}'s {one.name}, for {one.what}" for one in plan.setup.data)
    yield from (f"adds {one or 'the root'} to sys.path" for one in plan.setup.path_folders)
    for fetch in plan.setup.fetches:
        yield f"runs {fetch.script} for {', '.join(fetch.paths)}: {fetch.why}"
    if plan.accelerator:
        yield f"accelerator {plan.accelerator.kind} {plan.accelerator.type}".rstrip()
    yield from (f"cell {change.cell + 1}: {change.done}" for change in plan.sources)
    for change in plan.metadata:
        value = "removed" if change.value is None else change.value
        yield f"metadata {'.'.join(change.keys)}: {value}"


def _dependency(row: Dependency) -> str:
    """``imports sklearn (cell 3): scikit-learn 1.6.1 preinstalled``."""
    what = f"{row.distribution} {row.runtime}".strip()
    asked = f"; {row.source} asks for {row.asked}" if row.source else ""
    why = f" ({row.why})" if row.why else ""
    return (
        f"imports {row.module} ({row.place}): {f'{what} ' if what else ''}{row.action}{why}{asked}"
    )
