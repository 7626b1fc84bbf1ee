"""A kernel that dies at its start, since another has taken its port, is started once more."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbclient import NotebookClient

from tests.simulated_colab.colab import Colab, Forge
from tests.simulated_colab.examples import needs_runtime

pytestmark = needs_runtime


def test_started_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start, died = NotebookClient.async_start_new_kernel_client, []

    async def die_once(self: NotebookClient):
        if not died:
            died.append(1)
            await self._async_cleanup_kernel()
            raise RuntimeError("Kernel died before replying to kernel_info")
        return await start(self)

    monkeypatch.setattr(NotebookClient, "async_start_new_kernel_client", die_once)
    with Colab(tmp_path / "colab", Forge(tmp_path / "forge")) as colab, colab.session() as session:
        assert session.run_cell("print(6 * 7)").text.strip() == "42"
    assert died
