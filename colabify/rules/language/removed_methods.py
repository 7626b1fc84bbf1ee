"""Methods of the standard library's classes that are called otherwise, or that a function stands for.

Source: "Removed" in What's New in Python 3.9 and 3.12; each row was run on Python 3.13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.families import Methods, Row

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_ELEMENT = "xml.etree.ElementTree.Element"
_UNESCAPE = "HTMLParser.unescape is gone since Python 3.9: use html.unescape"
_LIST = "an element's getchildren() is gone since Python 3.9: list(element) is the same"


class RemovedMethods(Methods):
    """Call methods by the names that they have now: ``thread.is_alive()``, ``element.iter()``.

    ``element.getchildren()`` is ``list(element)``, and ``HTMLParser().unescape`` is ``html.unescape``.
    """

    code = "COL125"
    name = "removed-methods"
    nodes = ("Call", "Attribute")
    rows: ClassVar = {
        "array.array.fromstring": Row("frombytes", since="python 3.9"),
        "array.array.tostring": Row("tobytes", since="python 3.9"),
        "configparser.ConfigParser.readfp": Row("read_file", since="python 3.12"),
        "html.parser.HTMLParser.unescape": Row(
            since="python 3.9",
            text="HTMLParser.unescape is gone since Python 3.9: use html.unescape",
        ),
        "threading.Thread.isAlive": Row("is_alive", since="python 3.9"),
        f"{_ELEMENT}.getchildren": Row(since="python 3.9", text=_LIST),
        f"{_ELEMENT}.getiterator": Row("iter", since="python 3.9"),
        "xml.etree.ElementTree.ElementTree.getiterator": Row("iter", since="python 3.9"),
    }
    examples = (
        Example("import threading\nt = threading.Thread(target=len)\nx = t.isAlive()\n",
                "import threading\nt = threading.Thread(target=len)\nx = t.is_alive()\n", shows="x"),
        Example("from array import array\nx = array('b', [1, 2]).tostring()\n",
                "from array import array\nx = array('b', [1, 2]).tobytes()\n", shows="x"),
        Example("import array\na = array.array('b')\na.fromstring(b'ab')\n",
                "import array\na = array.array('b')\na.frombytes(b'ab')\n", shows="a"),
        Example("import configparser, io\np = configparser.ConfigParser()\np.readfp(io.StringIO('[a]'))\n",
                "import configparser, io\np = configparser.ConfigParser()\np.read_file(io.StringIO('[a]'))\n",
                shows="p.sections()"),
        Example("from html.parser import HTMLParser\nx = HTMLParser().unescape('&lt;')\n",
                "from html.parser import HTMLParser\nimport html\nx = html.unescape('&lt;')\n", shows="x"),
        Example("import xml.etree.ElementTree as ET\nroot = ET.fromstring('<a><b/></a>')\n"
                "x = [one.tag for one in root.getchildren()]\n",
                "import xml.etree.ElementTree as ET\nroot = ET.fromstring('<a><b/></a>')\n"
                "x = [one.tag for one in list(root)]\n", shows="x"),
        Example("from xml.etree import ElementTree\nroot = ElementTree.fromstring('<a><b/></a>')\n"
                "x = [one.tag for one in root.getiterator('b')]\n",
                "from xml.etree import ElementTree\nroot = ElementTree.fromstring('<a><b/></a>')\n"
                "x = [one.tag for one in root.iter('b')]\n", shows="x"),
        Example("import threading\nt = threading.Thread(target=len)\nx = t.is_alive()\n"),
        Example("import threading\nclass T(threading.Thread):\n    def f(self):\n        self.isAlive = 1\n"),
        Example("from lxml import etree\nx = etree.fromstring('<a/>').getchildren()\n"),
        Example("import html\nx = html.unescape('&lt;')\n"),
        Example("import xml.sax.saxutils\nx = xml.sax.saxutils.unescape('&lt;')\n"),
        Example("import xml.etree.ElementTree as ET\nx = list(ET.fromstring('<a/>'))\n"),
        Example("import array, numpy as np\nx = np.zeros(3).tostring()\n"),
        Example("import configparser\nclass P:\n    def readfp(self):\n        pass\nP().readfp()\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The method by its new name, or the call of the function that stands for it."""
        import libcst as cst

        if not isinstance(node, cst.Call):
            return super().check(node, context)
        match node.func:
            case cst.Attribute(value=value, attr=cst.Name(value="getchildren")) if not node.args:
                if context.kind(value) == _ELEMENT and "list" not in context.bound:
                    return _function(node, "list", (), value, _LIST)
            case cst.Attribute(value=value, attr=cst.Name(value="unescape")) if len(node.args) == 1:
                if context.kind(value) == "html.parser.HTMLParser":
                    spelled, imports = context.spell("html.unescape")
                    return _function(node, spelled, imports, node.args[0].value, _UNESCAPE)
        return None


def _function(
    call: cst.Call, name: str, imports: tuple[str, ...], given: cst.BaseExpression, text: str
) -> Remedy:
    """The call of a function of one argument in place of ``call``."""
    import libcst as cst

    new = call.with_changes(func=cst.parse_expression(name), args=[cst.Arg(given)])
    return Remedy(new, imports, text)
