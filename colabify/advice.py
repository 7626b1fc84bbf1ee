"""What a person should know about the repository, the cells, and what was set up by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.facts import Facts, needs_files
from colabify.findings import Finding

if TYPE_CHECKING:
    from colabify.project import Project


def about_project(project: Project, notebook: str) -> list[Finding]:
    """What keeps Colab from finding the notebook and its repository, and what to do about it."""
    if project.root is None:
        hint = "; put it into one" if project.remote else ", or name its address with --repo"
        return [Finding("COL411", f"{project.why}{hint}", "error")]
    findings = []
    if project.remote is None:
        what = f"{project.remote_text} is no address" if project.remote_text else "no remote"
        text = f"{what} that Colab could clone from: push to a forge, or give --repo"
        return [Finding("COL412", text, "error")]
    if not project.remote.is_github:
        text = f"Colab cannot open notebooks from {project.remote.host}: no badge"
        findings.append(Finding("COL415", text))
    elif "/" in project.ref:
        text = f"whether Colab opens notebooks from {project.ref} is not known"
        findings.append(Finding("COL416", text))
    if project.detached:
        text = f"no branch is checked out: {project.ref} is cloned"
        findings.append(Finding("COL414", text))
    if notebook not in project.visible:
        findings.append(
            Finding("COL417", "git ignores it: it will never be at the remote", "error")
        )
    elif not project.published:
        text = (
            f"nothing is known to be at the remote's {project.ref} yet: push, then share the badge"
        )
        findings.append(Finding("COL413", text))
    elif notebook not in project.tree.files:
        text = f"it is not at the remote's {project.ref} yet: commit and push, then share the badge"
        findings.append(Finding("COL413", text))
    return findings


def about_cells(facts: Facts) -> list[Finding]:
    """The cells and local modules that are no Python 3."""
    findings = [
        Finding(
            "COL901", f"left alone, it does not parse: {one.problem}", cell=one.index, line=one.line
        )
        for one in facts.program.cells
        if one.problem
    ]
    return findings + [
        Finding("COL404", f"imported, but it does not parse: {why}", "error", path=path)
        for path, why in facts.imports.unparsed
    ]


def set_up_by_hand(facts: Facts, project: Project) -> list[Finding]:
    """What the notebook does by itself to be set up, if that is all it needs."""
    kinds = {one.kind for one in facts.colab}
    enough = kinds & {"mount", "clone"} or ("check" in kinds and not needs_files(facts, project))
    if not enough:
        return []
    seen: dict[tuple[int, str], Finding] = {}
    for one in facts.colab:
        if one.kind != "use":
            text = f"it {one.said}: left as it is, and not set up twice"
            seen.setdefault((one.cell, one.kind), Finding("COL433", text, cell=one.cell))
    return list(seen.values())
