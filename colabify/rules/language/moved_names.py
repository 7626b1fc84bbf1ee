"""Names of the standard library that stand elsewhere now, or are called otherwise.

Source: "Removed" in What's New in Python 3.8 to 3.13; each row was run on Python 3.13. The new names are
there since Python 3.5 at the latest. ``xml.etree.cElementTree`` is left alone: it was removed, and came back.
"""

from __future__ import annotations

from typing import ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Renamed, Row

_ABSTRACT = (
    "AsyncGenerator", "AsyncIterable", "AsyncIterator", "Awaitable", "ByteString", "Callable", "Collection",
    "Container", "Coroutine", "Generator", "Hashable", "ItemsView", "Iterable", "Iterator", "KeysView",
    "Mapping", "MappingView", "MutableMapping", "MutableSequence", "MutableSet", "Reversible", "Sequence",
    "Set", "Sized", "ValuesView",
)  # fmt: skip
_MOVED = {
    "base64.decodestring": Row("base64.decodebytes", since="python 3.9"),
    "base64.encodestring": Row("base64.encodebytes", since="python 3.9"),
    "configparser.SafeConfigParser": Row("configparser.ConfigParser", since="python 3.12"),
    "fractions.gcd": Row("math.gcd", since="python 3.9"),
    "locale.format": Row("locale.format_string", since="python 3.12"),
    "os.errno": Row("errno", since="python 3.7", module=True),
    "time.clock": Row("time.perf_counter", since="python 3.8"),
    "typing.io": Row("typing", since="python 3.13", module=True),
    "typing.re": Row("typing", since="python 3.13", module=True),
}
_GONE = {
    "asyncio.coroutine": Row(
        since="python 3.11",
        text="asyncio.coroutine is gone since Python 3.11: write async def, and await for yield from",
    ),
    "inspect.formatargspec": Row(
        since="python 3.11",
        text="inspect.formatargspec is gone since Python 3.11: use str(inspect.signature(function))",
    ),
    "platform.dist": Row(
        since="python 3.8",
        text="platform.dist is gone since Python 3.8: use platform.platform()",
    ),
    "platform.linux_distribution": Row(
        since="python 3.8",
        text="platform.linux_distribution is gone since Python 3.8: use platform.platform()",
    ),
    "unittest.findTestCases": Row(
        since="python 3.13",
        text="unittest.findTestCases is gone since Python 3.13: use"
        " unittest.defaultTestLoader.loadTestsFromModule",
    ),
    "unittest.makeSuite": Row(
        since="python 3.13",
        text="unittest.makeSuite is gone since Python 3.13: use"
        " unittest.defaultTestLoader.loadTestsFromTestCase",
    ),
}


class MovedNames(Renamed):
    """Take names of the standard library from where they are now.

    ``collections.Iterable`` is ``collections.abc.Iterable``, ``time.clock`` is ``time.perf_counter``.
    """

    code = "COL120"
    name = "moved-in-python"
    rows: ClassVar = {
        **{f"collections.{n}": Row(f"collections.abc.{n}", since="python 3.10") for n in _ABSTRACT},
        **_MOVED,
        **_GONE,
    }
    examples = (
        Example("from collections import Iterable\nx = isinstance([], Iterable)\n",
                "from collections.abc import Iterable\nx = isinstance([], Iterable)\n", shows="x"),
        Example("from collections import Mapping, OrderedDict\nx = isinstance(OrderedDict(), Mapping)\n",
                "from collections import OrderedDict\nfrom collections.abc import Mapping\n"
                "x = isinstance(OrderedDict(), Mapping)\n", shows="x"),
        Example("import collections\nx = isinstance(len, collections.Callable)\n",
                "import collections\nimport collections.abc\nx = isinstance(len, collections.abc.Callable)\n",
                shows="x"),
        Example("import time\nstart = time.clock()\n", "import time\nstart = time.perf_counter()\n",
                shows="type(start)"),
        Example("from time import clock\nstart = clock()\n",
                "from time import perf_counter as clock\nstart = clock()\n", shows="type(start)"),
        Example("from fractions import gcd\nx = gcd(12, 18)\n",
                "from math import gcd\nx = gcd(12, 18)\n", shows="x"),
        Example("import fractions\nx = fractions.gcd(12, 18)\n",
                "import fractions\nimport math\nx = math.gcd(12, 18)\n", shows="x"),
        Example("import base64\nx = base64.encodestring(b'ab')\n",
                "import base64\nx = base64.encodebytes(b'ab')\n", shows="x"),
        Example("import base64\nx = base64.decodestring(b'YWI=')\n",
                "import base64\nx = base64.decodebytes(b'YWI=')\n", shows="x"),
        Example("from configparser import SafeConfigParser\nx = SafeConfigParser().sections()\n",
                "from configparser import ConfigParser as SafeConfigParser\n"
                "x = SafeConfigParser().sections()\n", shows="x"),
        Example("import locale\nx = locale.format('%d', 12)\n",
                "import locale\nx = locale.format_string('%d', 12)\n", shows="x"),
        Example("import os\nx = os.errno.ENOENT\n", "import os\nimport errno\nx = errno.ENOENT\n", shows="x"),
        Example("from typing.re import Pattern\nx = Pattern\n", "from typing import Pattern\nx = Pattern\n"),
        Example("import platform\nprint(platform.linux_distribution())\n", told="platform.platform()"),
        Example("import unittest\nsuite = unittest.makeSuite(Tests)\n", told="loadTestsFromTestCase"),
        Example("from collections import OrderedDict, Counter, defaultdict, namedtuple, deque\n"),
        Example("from collections.abc import Iterable\n"),
        Example("try:\n    from collections.abc import Sized\nexcept ImportError:\n"
                "    from collections import Sized\n"),
        Example("from typing import Mapping\n"),
        Example("import time\nx = time.time()\n"),
        Example("from tclab import clock\nfor t in clock(10):\n    pass\n"),
        Example("from math import gcd\n"),
        Example("import base64\nx = base64.b64encode(b'ab')\n"),
        Example("import collections\ncollections.Callable = collections.abc.Callable\n"),
        Example("import sympy\nx = sympy.gcd(12, 18)\n"),
        Example("import xml.etree.cElementTree as ET\nx = ET.fromstring('<a/>').tag\n"),
        Example("x = 'a'.format(1)\n"),
        Example("import locale\nlocale.setlocale(locale.LC_ALL, 'C')\n"),
        Example("import errno, os\nx = errno.ENOENT\n"),
        Example("from typing import Pattern\n"),
        Example("import configparser\nx = configparser.ConfigParser()\n"),
    )  # fmt: skip
