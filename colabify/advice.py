"""What a person should know about the repository, the cells, and what was set up by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.analysis.resolve import join
from colabify.findings import Finding
from colabify.needs import needs_files

if TYPE_CHECKING:
    from colabify.facts import Facts
    from colabify.findings import Severity
    from colabify.project import Project


def about_project(project: Project, notebook: str, *, needs_files: bool) -> list[Finding]:
    """What keeps Colab from finding the notebook and its repository, and what to do about it.

    ``needs_files``: the notebook may need what lies beside it.
    """
    if not project.is_repository:
        text = f"{project.why}: no badge, and Colab will have this notebook alone"
        severity: Severity = "error" if needs_files and project.files.files else "advice"
        return [Finding("COL411", text, severity)]
    if project.remote is None:
        what = f"the remote {project.remote_text}" if project.remote_text else "no remote"
        text = f"{what} that Colab could clone from: push to GitHub, or say with --repo where it is"
        if project.remote_text:
            text = f"{what} is no address that Colab could clone from: say with --repo where it is"
        return [Finding("COL412", text, "error")]
    return [*_about_ref(project), *_about_place(project, notebook)]


def _about_ref(project: Project) -> list[Finding]:
    """Whether Colab can clone, and open notebooks from, the branch or tag."""
    findings = []
    ref, remote = project.ref, project.remote
    if remote is not None and not remote.is_github:
        text = f"Colab opens notebooks from GitHub alone, not from {remote.host}: no badge"
        findings.append(Finding("COL415", text))
    elif "/" in ref:
        text = f"whether Colab opens notebooks from a branch with a slash ({ref}) is not known"
        findings.append(Finding("COL416", text))
    if project.at == ref:
        text = (
            f"{ref} is a commit, and git clone takes branches and tags only: tag it, push the tag"
        )
        findings.append(Finding("COL418", text, "error"))
    if project.detached:
        text = f"no branch is checked out, {ref} is cloned: say with --ref which one it should be"
        late: Severity = "advice" if project.published else "error"
        findings.append(Finding("COL414", text, late))
    if project.unpushed_branch:
        text = (
            f"the branch {project.unpushed_branch} is not at the remote, {ref} is cloned: push it"
        )
        findings.append(Finding("COL413", f"{text}, then run colabify again"))
    return findings


def _about_place(project: Project, notebook: str) -> list[Finding]:
    """Whether the notebook is, or can come to be, at the branch or tag."""
    ref = project.ref
    if project.at == ref:
        return []  # a commit: said already
    if project.ignores(notebook):
        text = "git ignores it, so it will never be at the remote: see git check-ignore -v"
        return [Finding("COL417", text, "error")]
    if project.at.startswith("refs/tags/"):
        if notebook in project.tree.files:
            return []
        text = f"it is not in the tag {ref}: move the tag once it is committed, and push both"
    elif not project.published:
        text = f"nothing is known to be at the remote's {ref} yet: push, then share the badge"
    elif notebook not in project.tree.files:
        text = f"it is not at the remote's {ref} yet: commit and push, then share the badge"
    else:
        return []
    return [Finding("COL413", text)]


def about_unpushed(facts: Facts, project: Project) -> list[Finding]:
    """The modules and files that the notebook needs, and that git tracks but the remote does not have yet."""
    if not project.published:
        return []
    files = {module.path for module in facts.imports.modules}
    files |= {join(facts.stand, use.text) for use in facts.paths if use.text}
    late = sorted(name for name in (files & project.tracked.files) - project.tree.files if name)
    text = f"not at the remote's {project.ref} yet: push it before students open the notebook"
    return [Finding("COL312", f"{name} is {text}") for name in late]


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
