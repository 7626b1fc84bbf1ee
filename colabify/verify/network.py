"""How the notebooks of a run reach the network: as the machine does, or through a store of answers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from colabify.cache_folder import cache_folder
from colabify.verify.answers import Answers
from colabify.verify.proxy import Authority, Proxy, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from colabify.verify.options import Options

_TRUST = (
    "CURL_CA_BUNDLE", "GIT_SSL_CAINFO", "NODE_EXTRA_CA_CERTS", "PIP_CERT", "REQUESTS_CA_BUNDLE",
    "SSL_CERT_FILE",
)  # fmt: skip
_PROXIES = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "all_proxy", "http_proxy", "https_proxy")
_HERE = "localhost,127.0.0.1,::1"


@contextmanager
def reached(options: Options, folder: Path) -> Iterator[Mapping[str, str]]:
    """The variables that lead a notebook's programs to the network, for as long as the context lasts.

    Raises:
        ColabifyError: the network cannot be recorded here.

    """
    if options.network == "on":
        yield {}
        return
    answers = Answers(options.store or cache_folder() / "answers")
    place = folder / "network"
    place.mkdir()
    authority = Authority(place)
    proxy = Proxy(answers, authority, records=options.network == "record")
    with serving(proxy) as address:
        yield {
            **dict.fromkeys(_TRUST, str(authority.bundle)),
            **dict.fromkeys(_PROXIES, address),
            "NO_PROXY": _HERE,
            "no_proxy": _HERE,
        }
