"""Python 2 in Python 3: a form a row, and what looks like it and stays."""

from __future__ import annotations

import ast
from unittest import mock

import pytest

from colabify.python2.convert import to_python_3

# before, after; each row is a cell
FORMS = {
    "print": ('print "a", 1\n', 'print("a", 1)\n'),
    "print, no line end": ('print "a"', 'print("a")'),
    "print nothing": ("print\n", "print()\n"),
    "print, comma": ('print "a",\nprint "b"\n', 'print("a", end=\' \')\nprint("b")\n'),
    "print to a file": ("import sys\nprint >>sys.stderr, 'x'\n", "import sys\nprint('x', file=sys.stderr)\n"),
    "print with a format": ('print "%d" % 3  # c\n', 'print("%d" % 3)  # c\n'),
    "print, parentheses go on": ('print ("a") * 2\n', 'print(("a") * 2)\n'),
    "except": ("try:\n    {}[1]\nexcept KeyError, e:\n    print e\n", "try:\n    {}[1]\nexcept KeyError as e:\n    print(e)\n"),
    "raise": ("try:\n    raise ValueError, 'm'\nexcept ValueError as e:\n    print e\n", "try:\n    raise ValueError('m')\nexcept ValueError as e:\n    print(e)\n"),
    "exec": ("d = {}\nexec 'x = 1' in d\nprint d['x']\n", "d = {}\nexec('x = 1', d)\nprint(d['x'])\n"),
    "backticks": ("print `[1]`\n", "print(repr([1]))\n"),
    "unequal": ("print 1 <> 2\n", "print(1 != 2)\n"),
    "octal": ("print 0777\n", "print(0o777)\n"),
    "long": ("print 10L + long(2)\n", "print(10 + int(2))\n"),
    "raw Unicode": ("print len(ur'a\\d')\n", "print(len(r'a\\d'))\n"),
    "unicode": ("print isinstance(u'a', unicode), unichr(65)\n", "print(isinstance(u'a', str), chr(65))\n"),
    "basestring": ("print isinstance('a', basestring)\n", "print(isinstance('a', str))\n"),
    "both texts": ("print isinstance('a', (str, unicode))\n", "print(isinstance('a', str))\n"),
    "xrange": ("for i in xrange(2):\n    print i\n", "for i in range(2):\n    print(i)\n"),
    "xrange as a value": ("f = xrange\nprint len(f(3))\n", "f = range\nprint(len(f(3)))\n"),
    "range as a list": ("x = range(3)\nx.append(4)\nprint x\n", "x = list(range(3))\nx.append(4)\nprint(x)\n"),
    "raw_input": ("def ask():\n    return raw_input('?')\n", "def ask():\n    return input('?')\n"),
    "input": ("def ask():\n    return input('?')\n", "def ask():\n    return eval(input('?'))\n"),
    "iteritems": ("for k, v in {1: 2}.iteritems():\n    print k, v\n", "for k, v in {1: 2}.items():\n    print(k, v)\n"),
    "has_key": ("d = {1: 2}\nprint d.has_key(1), not d.has_key(2)\n", "d = {1: 2}\nprint(1 in d, 2 not in d)\n"),
    "keys as a list": ("d = {1: 2}\nk = d.keys()\nk.sort()\nprint k\n", "d = {1: 2}\nk = list(d.keys())\nk.sort()\nprint(k)\n"),
    "keys, printed": ("print {1: 2}.keys()\n", "print(list({1: 2}.keys()))\n"),
    "keys, deleted as they go": ("d = {1: 2}\nfor k in d.keys():\n    del d[k]\nprint d\n", "d = {1: 2}\nfor k in list(d.keys()):\n    del d[k]\nprint(d)\n"),
    "keys, added as they go": ("d = {1: 2}\nfor k in d.keys():\n    d[k + 1] = 3\nprint len(d)\n", "d = {1: 2}\nfor k in list(d.keys()):\n    d[k + 1] = 3\nprint(len(d))\n"),
    "map": ("print map(str, [1])\n", "print(list(map(str, [1])))\n"),
    "zip": ("x = zip([1], [2])\nprint x[0]\n", "x = list(zip([1], [2]))\nprint(x[0])\n"),
    "filter": ("x = filter(None, [0, 1])\nprint x\n", "x = [_f for _f in [0, 1] if _f]\nprint(x)\n"),
    "izip": ("from itertools import izip\nfor a, b in izip([1], [2]):\n    print a, b\n", "\nfor a, b in zip([1], [2]):\n    print(a, b)\n"),
    "reduce": ("print reduce(max, [1, 2])\n", "from functools import reduce\nprint(reduce(max, [1, 2]))\n"),
    "apply": ("print apply(max, (1, 2))\n", "print(max(*(1, 2)))\n"),
    "next": ("it = iter([1])\nprint it.next()\n", "it = iter([1])\nprint(next(it))\n"),
    "an iterator": ("class A:\n    def __iter__(self):\n        return self\n    def next(self):\n        raise StopIteration\nprint list(A())\n", "class A:\n    def __iter__(self):\n        return self\n    def __next__(self):\n        raise StopIteration\nprint(list(A()))\n"),
    "tuple parameters": ("def f((a, b), c):\n    return a + b + c\nprint f((1, 2), 3)\n", "def f(items, c):\n    (a, b) = items\n    return a + b + c\nprint(f((1, 2), 3))\n"),
    "tuple in a lambda": ("f = lambda (a, b): a + b\nprint f((1, 2))\n", "f = lambda a_b: a_b[0] + a_b[1]\nprint(f((1, 2)))\n"),
    "metaclass": ("class M(type):\n    pass\nclass A(object):\n    __metaclass__ = M\nprint type(A).__name__\n", "class M(type):\n    pass\nclass A(object, metaclass=M):\n    pass\nprint(type(A).__name__)\n"),
    "nonzero": ("class A:\n    def __nonzero__(self):\n        return False\nprint bool(A())\n", "class A:\n    def __bool__(self):\n        return False\nprint(bool(A()))\n"),
    "division of objects": ("class A:\n    def __div__(self, other):\n        return 'd'\nprint A() / 2\n", "class A:\n    def __truediv__(self, other):\n        return 'd'\nprint(A() / 2)\n"),
    "cmp": ("a, b = 1, 2\nprint cmp(a, b)\n", "a, b = 1, 2\nprint(((a > b) - (a < b)))\n"),
    "sorted by cmp": ("print sorted([2, 1], cmp=lambda a, b: cmp(a, b))\n", "import functools\nprint(sorted([2, 1], key=functools.cmp_to_key(lambda a, b: ((a > b) - (a < b)))))\n"),
    "sort by a function of two": ("x = [2, 1]\nx.sort(lambda a, b: a - b)\nprint x\n", "import functools\nx = [2, 1]\nx.sort(key=functools.cmp_to_key(lambda a, b: a - b))\nprint(x)\n"),
    "StringIO": ("import StringIO\nprint StringIO.StringIO(u'a').read()\n", "import io\nprint(io.StringIO(u'a').read())\n"),
    "Queue": ("import Queue\nq = Queue.Queue()\nq.put(1)\nprint q.get()\n", "import queue\nq = queue.Queue()\nq.put(1)\nprint(q.get())\n"),
    "urllib": ("import urllib\nprint urllib.quote('a b')\n", "import urllib.request, urllib.parse, urllib.error\nprint(urllib.parse.quote('a b'))\n"),
    "names of urllib": ("from urllib import urlencode, urlopen\nprint urlencode({'a': 1})\n", "from urllib.parse import urlencode\nfrom urllib.request import urlopen\nprint(urlencode({'a': 1}))\n"),
    "cPickle": ("import cPickle as pickle\nprint pickle.loads(pickle.dumps([1]))\n", "import pickle\nprint(pickle.loads(pickle.dumps([1]), encoding=\"latin1\"))\n"),
    "a pickle in a text file": ("import cPickle\nf = open('p', 'w')\ncPickle.dump([1], f)\nf.close()\nprint cPickle.load(open('p'))\n", "import pickle\nf = open('p', 'wb')\npickle.dump([1], f)\nf.close()\nprint(pickle.load(open('p', \"rb\"), encoding=\"latin1\"))\n"),
    "default encoding": ("import sys\nreload(sys)\nsys.setdefaultencoding('utf8')\nprint 1\n", "import sys\npass\npass\nprint(1)\n"),
    "sys.maxint": ("import sys\nprint sys.maxint > 5\n", "import sys\nprint(sys.maxsize > 5)\n"),
    "string.letters": ("import string\nprint len(string.lowercase)\n", "import string\nprint(len(string.ascii_lowercase))\n"),
    "types": ("import types\nprint types.ListType is list\n", "import types\nprint(list is list)\n"),
    "file": ("file('q', 'w').close()\nprint 1\n", "open('q', 'w').close()\nprint(1)\n"),
    "reload": ("import json\nprint reload(json).__name__\n", "import json\nimport importlib\nprint(importlib.reload(json).__name__)\n"),
    "BytesIO": ("import StringIO, zipfile\ndef unpack(answer):\n    return zipfile.ZipFile(StringIO.StringIO(answer.content))\n", "import io, zipfile\ndef unpack(answer):\n    return zipfile.ZipFile(io.BytesIO(answer.content))\n"),
    "division of ints": ("x = 7\nprint x / 2\n", "x = 7\nprint(x // 2)\n"),
    "division in a slice": ("def half(x, n):\n    return x[:n / 2]\nprint half([1, 2, 3], 3)\n", "def half(x, n):\n    return x[:n // 2]\nprint(half([1, 2, 3], 3))\n"),
    "division of lengths": ("x = [1, 2, 3]\nprint len(x) / 2\n", "x = [1, 2, 3]\nprint(len(x) // 2)\n"),
    "division for range": ("def f(a, b):\n    n = a / b\n    return [i for i in xrange(n)]\nprint f(7, 2)\n", "def f(a, b):\n    n = a // b\n    return [i for i in range(n)]\nprint(f(7, 2))\n"),
    "division through max": ("def f(a, b):\n    n = max(a / b, 1)\n    return range(n * 2)\nprint f(7, 2)\n", "def f(a, b):\n    n = max(a // b, 1)\n    return list(range(n * 2))\nprint(f(7, 2))\n"),
    "division of attributes": ("class A:\n    def run(self):\n        self.n = 7\n        for i in range(self.n / 2):\n            print i\nA().run()\n", "class A:\n    def run(self):\n        self.n = 7\n        for i in range(self.n // 2):\n            print(i)\nA().run()\n"),
    "division in place": ("x = 7\nx /= 2\nprint x\n", "x = 7\nx //= 2\nprint(x)\n"),
    "division over lines": ("x = 7\nprint (x  # a / b\n       / 2), 1\n", "x = 7\nprint((x  # a / b\n       // 2), 1)\n"),
    "repeated": ("x = 7\nprint '-' * (x / 2)\n", "x = 7\nprint('-' * (x // 2))\n"),
    "carriage returns": ("print 1\r\nprint 2\r\n", "print(1)\r\nprint(2)\r\n"),
    "tabs": ("if 1:\n\tprint 1\n\t# end\n", "if 1:\n\tprint(1)\n\t# end\n"),
    "comments": ("# print 'a'\nprint 1 # xrange\n\n    # deeper\n", "# print 'a'\nprint(1) # xrange\n\n    # deeper\n"),
}  # fmt: skip

LOOK_ALIKES = {
    "strings": "s = 'print \"a\", xrange(3), d.iteritems(), 0777'\n",
    "comments": "# print 'a', xrange(3)\n",
    "print is a function": "print('a')\nprint ('a', 1)\nprint(('a', 1))\n",
    "print with keywords": "print('a', end='')\nprint('b', file=f)\n",
    "print function": "from __future__ import print_function\nprint('a', 1)\n",
    "u before a string": "x = u'a', b'c', r'd'\n",
    "own names": "def reduce(x):\n    return x\nreduce(3)\nfile = 'a'\nlat, long = 1, 2\nlong = long\n",
    "names as parameters": "def f(unicode, long=3):\n    return unicode + long\n",
    "names as keywords": "f(unicode=1, file=2)\n",
    "attributes": "a.unicode, b.xrange, c.next, d.map(e), f.reduce(g)\n",
    "numpy's reduce": "import numpy as np\nnp.add.reduce(x)\n",
    "a linked list": "node = node.next\nwhile node.next.next:\n    pass\n",
    "next of something else": "class Pages:\n    def next(self):\n        return 1\nPages().next()\n",
    "imported from the future": "from past.builtins import xrange\nfor i in xrange(3):\n    pass\n",
    "tried": "try:\n    import cPickle as pickle\nexcept ImportError:\n    import pickle\n",
    "tried, names used": "try:\n    import urllib2\nexcept ImportError:\n    import urllib.request as urllib2\nurllib2.urlopen(x)\n",
    "tried, a name": "try:\n    input = raw_input\nexcept NameError:\n    pass\ninput('?')\n",
    "a version": "import sys\nif sys.version_info[0] < 3:\n    range = xrange\n",
    "only iterated over": "for k in d.keys():\n    f(k)\n[k for k in d.values()]\nsorted(d.items(), key=f)\nlen(d.keys())\nx in d.keys()\n','.join(d.keys())\n",
    "iterators only iterated over": "for a, b in zip(x, y):\n    pass\nlist(map(f, x))\nsorted(zip(x, y), key=f)\na, b = zip(*x)\nsum(map(f, x))\n",
    "range only iterated over": "for i in range(3):\n    pass\nsum(range(3))\n",
    "keys in a loop that changes another": "for k in d.keys():\n    e[k] = 1\n    del f[k]\n",
    "floats": "x = 1.0 / 2\ny = float(a) / b\nn = 3\nz = n / 2.0\n",
    "true division": "from __future__ import division\nx = 7\ny = x / 2\n",
    "floats of numpy": "import numpy as np\nx = np.zeros(3)\ny = x / 2\nz = np.mean(q) / 4\n",
    "whole division": "x = 7 // 2\n",
    "fractions": "x = 1 / 3\n",
    "unknown": "def f(a, b):\n    return a / b\n",
    "a sort with a key": "x.sort(key=f)\ndf.sort('a')\ny.sort(1)\nsorted(x, key=lambda a: a)\n",
    "pickle with an encoding": "import pickle\npickle.load(f, encoding='bytes')\n",
    "a text file beside a pickle": "import pickle\nf = open('a')\nf.read()\npickle.dump(x, g)\n",
    "text in a buffer": "import io\nio.StringIO(text)\n",
    "octal of Python 3": "x = 0o777, 0, 0.5, 00\n",
    "escapes as names": "__escape_0__\nx = __escape_1__\n",
    "nothing": "",
    "no Python at all": "x = (\n",
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_forms(name: str) -> None:
    before, after = FORMS[name]
    done = to_python_3([before])[0]
    assert (done.text, done.problem) == (after, "")
    ast.parse(done.text)
    if "input" not in name:  # what it asks is said by the name alone, and means two things
        assert to_python_3([after])[0].text == after


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_look_alikes_stay(name: str) -> None:
    assert to_python_3([LOOK_ALIKES[name]])[0].text == LOOK_ALIKES[name]


# cells, cells in Python 3
CELLS = {
    "names of other cells": (
        ["import cPickle, Queue", "q = Queue.Queue()\nx = cPickle.load(f)"],
        ["import pickle, queue", 'q = queue.Queue()\nx = pickle.load(f, encoding="latin1")'],
    ),
    "a name that another cell binds": (["def reduce(x): pass", "reduce(3)"], ["def reduce(x): pass", "reduce(3)"]),
    "ints of other cells": (["n = 7", "print n / 2"], ["n = 7", "print(n // 2)"]),
    "a name that is a float elsewhere": (["n = 7", "n = 0.5", "m = n / 2"], ["n = 7", "n = 0.5", "m = n / 2"]),
    "used again for something else": (
        ["x = a / b", "for x in range(3): pass\ny[:x]"],
        ["x = a / b", "for x in range(3): pass\ny[:x]"],
    ),
    "print is a function from there on": (
        ["print 'a'", "from __future__ import print_function", "print('a', 1)", "f = print"],
        ["print('a')", "from __future__ import print_function", "print('a', 1)", "f = print"],
    ),
    "what a print statement would print": (
        ["from __future__ import print_function", "print('a'), 3", "print 'b'"],
        ["from __future__ import print_function", "print('a'), 3", "print('b')"],
    ),
    "a shape with a name": (
        ["import numpy as np", "def f(a, b):\n    n = a / b\n    s = (n, 2)\n    return np.zeros(s)"],
        ["import numpy as np", "def f(a, b):\n    n = a // b\n    s = (n, 2)\n    return np.zeros(s)"],
    ),
    "arguments of numpy": (
        ["import numpy as np", "a = np.zeros((m / 2, 2))\nb = np.linspace(0, 1, m / 2)\nc = np.log(m / 2)"],
        ["import numpy as np", "a = np.zeros((m // 2, 2))\nb = np.linspace(0, 1, m // 2)\nc = np.log(m // 2)"],
    ),
    "true division from there on": (
        ["n = 7", "n / 2", "from __future__ import division", "n / 2"],
        ["n = 7", "n // 2", "from __future__ import division", "n / 2"],
    ),
    "one that cannot be read": (["x = (", "print 1"], ["x = (", "print(1)"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CELLS)
def test_cells_share_their_names(name: str) -> None:
    before, after = CELLS[name]
    assert [one.text for one in to_python_3(before)] == after


# code, lines of the divisions that are told
LEFT = {
    "unknown": ("def f(a, b):\n    return a / b\n", (2,)),
    "a fraction": ("x = 1 / 3\n", (1,)),
    "beside a fraction": ("n = 7\nx = n / 2 + 1 / 3\n", (2,)),
    "floats": ("x = 1.0 / y\n", ()),
    "ints": ("x = len(y) / 2\n", ()),
    "made an int": ("x = int(y / 2)\n", ()),
    "true division": ("from __future__ import division\nx = a / b\n", ()),
    "a parameter": ("def f(n=3):\n    return n / 2\n", (2,)),
    "a parameter that has to be one": ("def f(n=3):\n    return n / 2, range(n)\n", ()),
    "bound to other things too": ("n = 3\nn = g()\nx = n / 2\n", (3,)),
    "in place": ("x /= y\n", (1,)),
}  # fmt: skip


@pytest.mark.parametrize("name", LEFT)
def test_divisions_that_are_left_are_told(name: str) -> None:
    code, lines = LEFT[name]
    assert to_python_3([code])[0].left == lines


def test_modules_of_the_same_package() -> None:
    siblings = frozenset({"layers", "optim"})
    before = "import layers\nfrom optim import sgd\nimport json\nprint layers, sgd\n"
    after = "from . import layers\nfrom .optim import sgd\nimport json\nprint(layers, sgd)\n"
    assert to_python_3([before], siblings)[0].text == after
    future = "from __future__ import absolute_import\nimport layers\n"
    assert to_python_3([future], siblings)[0].text == future


def test_a_fixer_that_fails_changes_nothing() -> None:
    with mock.patch("colabify.python2.tool.fix", side_effect=AttributeError("x")):
        done = to_python_3(["print 1\n"])[0]
    assert (done.text, done.problem) == ("print 1\n", "fissix fails on it: x")
