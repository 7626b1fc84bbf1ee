"""Files that the code reads and nothing brings: an error when that is sure, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notebooks import codes, notebook, plan_for

# cells: a file that is missing for sure
MISSING = {
    "read": ["open('gone.txt')"],
    "pandas": ["import pandas as pd\npd.read_csv('gone.csv')"],
    "in a folder that is not there": ["open('data/gone.txt')"],
    "behind a commented download": ["# !wget http://e.org/gone.txt\nopen('gone.txt')"],
    "behind a harmless command with quotes": ["!pip install 'gensim>=4'", "open('gone.txt')"],
    "behind an administrator's command": ["!sudo apt-get install -y tree", "open('gone.txt')"],
    "behind a method that is called run": [
        "with tf.Session() as s:\n    s.run([a, b])\n    s.run('x')",
        "open('gone.txt')",
    ],
    "behind an answer": ["m.call(x)\nm.popen('make data')", "open('gone.txt')"],
    "behind a harmless command": ["!pip install gensim\n!ls\n!nvidia-smi", "open('gone.txt')"],
    "in a function that is called": ["def f():\n    return open('gone.txt')", "f()"],
    "in a method": ["class A:\n    def g(self):\n        return open('gone.txt')", "A().g()"],
    "when made": ["class A:\n    def __init__(self):\n        open('gone.txt')", "A()"],
    "font": ["from PIL import ImageFont\nImageFont.truetype('gone.ttf')"],
    "own style": ["import matplotlib.pyplot as plt\nplt.style.use('./gone.mplstyle')"],
    "another file is downloaded": [
        "import urllib.request as u\nu.urlretrieve('http://e.org', 'b')",
        "open('gone.txt')",
    ],
    "another file is fetched": ["!wget http://e.org/b.txt", "open('gone.txt')"],
    "behind messages that go nowhere": ["!ls 2>&1 > /dev/null", "open('gone.txt')"],
    "behind a picture": ["plt.savefig(name)", "open('gone.txt')"],
    "behind data of NLTK's": ["import nltk\nnltk.download('punkt')", "open('gone.txt')"],
    "before it is made": ["open('gone.txt')", "open('gone.txt', 'w')"],
    "before it is downloaded": ["open('gone.txt')", "!wget http://e.org/gone.txt"],
    "before a script": ["open('gone.txt')", "!python make.py"],
    "by a name that is shown": [
        "p = 'gone.txt'\nprint(p, len(p))\nimport os\nos.path.join(p)",
        "open(p)",
    ],
    "by a name that is read before": [
        "p = 'gone.csv'\nimport pandas as pd\npd.read_csv(p)\nopen(p)"
    ],
    "by a name that was another": ["p = 'b'\nf(p)\np = 'gone.txt'\nopen(p)"],
    "run": ["%run gone.py"],
    "script": ["!python ./gone.py"],
    "load": ["%load solutions/gone.py"],
    "another machine": ["open('/home/ann/secret.csv')"],
    "another drive": ["open(r'C:\\Users\\Ann\\secret.csv')"],
    "pathlib": ["from pathlib import Path\nPath('gone.txt').read_text()"],
    "a folder that is listed": ["import os\nnames = os.listdir('./data/')"],
    "a folder that is gone to": ["import os\nos.chdir('data')\nos.chdir('..')"],
}

MAKES = "from subprocess import run as go\n\ndef make():\n    go('make data', shell=True)\n"

# cells: a file that may well be there by then
NOT_SURE = {
    "a folder above": ["import os\nos.chdir('..')\nos.listdir('../..')"],
    "a folder that is asked for": ["import os\nif os.path.isdir('data'):\n    os.listdir('data')"],
    "a folder that is made": ["import os\nos.makedirs('data')", "os.listdir('data')"],
    "a folder that glob looks into": ["import glob\nglob.glob('data/*')"],
    "made": ["open('a.txt', 'w')", "open('a.txt')"],
    "made in the same cell": ["import numpy as np\nnp.save('x', 1)\nnp.load('x.npy')"],
    "made before": ["import numpy as np\nnp.savez('x', 1)", "np.load('x.npz')"],
    "by a method": ["df.to_csv('x.csv')", "open('x.csv')"],
    "by pathlib": ["from pathlib import Path\nPath('x').write_text('a')", "open('x')"],
    "in a made folder": ["import os\nos.makedirs('out', exist_ok=True)", "open('out/a.txt')"],
    "in a function that is called later": [
        "def f():\n    return open('a.txt')",
        "open('a.txt', 'w')\nf()",
    ],
    "by a magic": ["%%writefile a.txt\nx", "open('a.txt')"],
    "by a script": ["!python make.py", "open('a.txt')"],
    "by a shell cell": ["%%bash\nmake data", "open('a.txt')"],
    "by redirection": ["!echo 1 > a.txt", "open('a.txt')"],
    "by a process": ["import os\nos.system('make data')", "open('a.txt')"],
    "by a redirection close by": ["!echo 1>a.txt", "open('a.txt')"],
    "by a redirection in a call": ["import os\nos.system('echo 1 >a.txt')", "open('a.txt')"],
    "by a redirection that is filled in": ['!echo "$(date > a.txt)"', "open('a.txt')"],
    "behind an address with a name": [
        "!pip install git+https://e.org/x.git#egg=x && make data",
        "open('a.txt')",
    ],
    "by a process of another name": [
        "from subprocess import check_call as go\ngo(['make', 'data'])",
        "open('a.txt')",
    ],
    "by a process from a module": ["import util\nutil.make()", "open('a.txt')"],
    "by a command that is not known": ["import subprocess\nsubprocess.run(words)", "open('a.txt')"],
    "by a command of IPython's": ["get_ipython().system('make data')", "open('a.txt')"],
    "downloaded": ["!wget http://e.org/a.txt", "open('a.txt')"],
    "downloaded otherwise": [
        "import urllib.request as u\nu.urlretrieve('http://e.org', name)",
        "open('a.txt')",
    ],
    "unpacked": ["import zipfile\nzipfile.ZipFile('z.zip', 'w').extractall()", "open('a.txt')"],
    "named before": [
        "c = ModelCheckpoint('net.h5')",
        "from keras.models import load_model\nload_model('net.h5')",
    ],
    "named before in the cell": [
        "c = C('net.h5')\nfrom keras.models import load_model\nload_model('net.h5')"
    ],
    "handed to a callback": [
        "name = 'net.h5'\nfit(callbacks=[Checkpoint(name)])",
        "from keras.models import load_model\nload_model(name)",
    ],
    "by a cell that is not read": ["with open('a.txt', 'wb') as f\n    ___", "open('a.txt')"],
    "tried": ["try:\n    open('a.txt')\nexcept OSError:\n    pass"],
    "asked for": ["import os\nif os.path.exists('a.txt'):\n    open('a.txt')"],
    "in a function nobody calls": ["def f():\n    return open('a.txt')"],
    "style by name": ["import matplotlib.pyplot as plt\nplt.style.use('seaborn')"],
    "style by name with a dash": ["import matplotlib.pyplot as plt\nplt.style.use('seaborn-v0_8')"],
    "font by name": ["from PIL import ImageFont\nImageFont.truetype('arial')"],
    "model by name": ["import spacy\nspacy.load('en_core_web_sm')"],
    "by a name with a number": [
        "fig.savefig('a_%03d.png' % (n,))",
        "import PIL.Image\nPIL.Image.open('a_001.png')",
    ],
    "by a name that is formatted": [
        "fig.savefig('a_{:03d}.png'.format(n))",
        "import PIL.Image\nPIL.Image.open('a_001.png')",
    ],
    "store of frames": ["import pandas as pd\nstore = pd.HDFStore('a.h5')\nstore.append('df', df)"],
    "data base": ["import sqlite3\nsqlite3.connect('a.db')"],
    "mode by a name": ["open('a.txt', mode)"],
    "working folder moved": ["%cd /content", "open('a.txt')"],
    "on Colab": ["open('/content/a.txt')"],
    "sample data": ["open('sample_data/a.txt')"],
    "home": ["open('~/.bashrc')"],
    "an address": ["import pandas as pd\npd.read_csv('https://e.org/a.csv')"],
    "a method of something else": ["z.open('a.txt')\nq.read_text('a.txt')"],
    "mentioned": ["p = 'data/a.txt'"],
}


@pytest.mark.parametrize("name", MISSING)
def test_a_file_that_nothing_brings_is_an_error(name: str, tmp_path: Path) -> None:
    found = codes(plan_for(tmp_path, {"make.py": ""}, MISSING[name]))
    assert [code for code in found if code != "COL341"] == ["COL311!"]


@pytest.mark.parametrize("name", NOT_SURE)
def test_a_file_that_may_be_there_is_none(name: str, tmp_path: Path) -> None:
    found = codes(plan_for(tmp_path, {"util.py": MAKES, "make.py": ""}, NOT_SURE[name]))
    assert [code for code in found if code not in ("COL341", "COL901")] == []


def test_git_ignored_data_on_the_disk_is_not_there(tmp_path: Path) -> None:
    files, disk = {".gitignore": "data/\n"}, {"data/a.txt": "x"}
    plan = plan_for(tmp_path, files, ["open('data/a.txt')"], disk=disk)
    (finding,) = [one for one in plan.findings if one.code == "COL311"]
    assert "git ignores it" in finding.message
    assert (finding.cell, finding.line, finding.severity) == (0, 1, "error")


def test_a_file_of_that_name_elsewhere_is_suggested(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {"old/a.txt": ""}, ["open('new/a.txt')"])
    assert "did you mean old/a.txt?" in plan.findings[0].message


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["open('gone.txt')"], "(it is not here either); commit it, have a cell or a script"),
        (["open('gone.txt')"], "or say in [tool.colabify.data] where it comes from"),
        (["open('gone.txt')", "open('gone.txt', 'w')"], "(cell 2 writes it, but only then)"),
        (
            ["open('../gone.txt')"],
            "../gone.txt leads out of the repository, so that Colab does not",
        ),
        (["open('a\\nb')"], "a\\nb is not in the repository"),
        (["open('/home/ann/secret.csv')"], "is on somebody's own machine, not in the repository"),
    ],
)
def test_says_why_and_what_to_do(cells: list[str], said: str, tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {}, cells)
    (finding,) = [one for one in plan.findings if one.code in ("COL311", "COL324")]
    assert said in finding.message
    assert "\n" not in finding.message


@pytest.mark.parametrize(
    "cell",
    [
        "import os\nos.chdir('/Users/ann/course')",
        "import os\nos.chdir(r'C:\\Users\\ann\\course')",
        "import os\nHOME = '/home/ann/course'\nos.chdir(HOME)",
        "from os import listdir\nx = listdir('/home/ann/course')",
    ],
)
def test_a_folder_of_ones_own_machine_is_told(cell: str, tmp_path: Path) -> None:
    (finding,) = [one for one in plan_for(tmp_path, {}, [cell]).findings if one.code[3] == "3"]
    assert (finding.code, finding.severity) == ("COL311", "error")
    assert "is on somebody's own machine, not in the repository; " in finding.message
    assert ("take the line out" in finding.message) == ("chdir" in cell)


@pytest.mark.parametrize(
    "cell",
    [
        "import os\nif os.path.isdir('/home/ann/course'):\n    os.chdir('/home/ann/course')",
        "import os\ntry:\n    os.chdir('/home/ann/course')\nexcept OSError:\n    pass",
        "import os\nos.makedirs('/home/ann/course')\nos.chdir('/home/ann/course')",
        "import os\nos.chdir('/content/drive/MyDrive/course')",
        "import os\nos.chdir('/tmp')",
        "%cd /home/ann/course",
        "import glob\nx = glob.glob('/home/ann/course/*')",
        "import os\nx = [one for one in os.walk('/home/ann/course')]",
    ],
)
def test_a_folder_that_need_not_be_there_is_not(cell: str, tmp_path: Path) -> None:
    assert "COL311!" not in codes(plan_for(tmp_path, {}, [cell]))


def test_is_said_once(tmp_path: Path) -> None:
    assert codes(plan_for(tmp_path, {}, ["open('gone.txt')", "open('gone.txt')"])) == ["COL311!"]


def test_data_of_dvc_behind_a_login_is_named(tmp_path: Path) -> None:
    config = "[core]\n    remote = s\n['remote \"s\"']\n    url = s3://bucket/data\n"
    files = {"data/x.csv.dvc": "outs:\n- path: x.csv\n", ".dvc/config": config}
    (finding,) = plan_for(tmp_path, files, ["open('data/x.csv')"]).findings[-1:]
    assert (
        "data/x.csv.dvc of DVC's, whose remote s3://bucket/data is not open to" in finding.message
    )


R = {"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}
CLEAN = notebook("x = 1", "import pandas as pd\npd.DataFrame().to_csv('data/clean.csv')")
GET = notebook("!wget -P data https://e.org/clean.csv")

# the other notebooks of the course, which of them is told to make data/clean.csv
NEIGHBOURS: dict[str, tuple[dict[str, bytes | str], str]] = {
    "written": ({"lab/clean.ipynb": CLEAN}, "clean.ipynb writes it"),
    "downloaded": ({"lab/clean.ipynb": GET}, "clean.ipynb downloads it"),
    "beside the file": (
        {"lab/data/make.ipynb": notebook("open('clean.csv', 'w')")},
        "make.ipynb writes it",
    ),
    "in another folder": ({"clean.ipynb": CLEAN}, "it is not here either"),
    "another file": (
        {"lab/clean.ipynb": notebook("open('clean.csv', 'w')")},
        "it is not here either",
    ),
    "read as well": ({"lab/b.ipynb": notebook("open('data/clean.csv')")}, "it is not here either"),
    "only mentioned": (
        {"lab/b.ipynb": notebook("print('data/clean.csv')")},
        "it is not here either",
    ),
    "no notebook": ({"lab/clean.ipynb": "data/clean.csv"}, "it is not here either"),
    "not Python": (
        {"lab/clean.ipynb": notebook("open('data/clean.csv', 'w')", metadata=R)},
        "it is not here either",
    ),
}


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_a_neighbour_that_makes_what_is_missing_is_named(name: str, tmp_path: Path) -> None:
    files, said = NEIGHBOURS[name]
    plan = plan_for(tmp_path, files, ["open('data/clean.csv')"], at="lab/nb.ipynb")
    assert codes(plan) == ["COL311!"]
    finding = next(one for one in plan.findings if one.code == "COL311")
    assert f"is not in the repository at main ({said})" in finding.message


def test_what_is_missing_may_have_a_name_that_is_no_text(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {"b.ipynb": notebook("1")}, ["open('\\ud800.csv')"])
    assert codes(plan) == ["COL311!"]


def test_what_was_meant_outside_of_the_repository_is_proposed(tmp_path: Path) -> None:
    plan = plan_for(
        tmp_path, {"data/a.csv": "1\n"}, ["open('../../data/a.csv')"], at="lab/nb.ipynb"
    )
    (finding,) = [one for one in plan.findings if one.code == "COL324"]
    assert "; did you mean ../data/a.csv? If not, move it inside, and commit it" in finding.message


@pytest.mark.parametrize(
    "cell", ["%cd /home/ann/work", "cd C:\\Users\\ann\\work", "%pushd /Users/ann/work"]
)
def test_that_a_magic_does_not_move_is_advice(cell: str, tmp_path: Path) -> None:
    (finding,) = plan_for(
        tmp_path, {}, [cell, "%cd /content\n%cd ~/x\nif at_home:\n    %cd /home/ann"]
    ).findings
    assert (finding.code, finding.severity, finding.cell) == ("COL311", "advice", 0)
    assert finding.message.endswith(
        "the code stays where it is; take the line out (the notebook stands in its folder of the clone)"
    )
