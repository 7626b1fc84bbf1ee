"""Rules for what Colab's machine and front end lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.colab.install_lines import CondaInstall, PipUser
from colabify.rules.colab.ipython_modules import IPythonModules
from colabify.rules.colab.javascript import JupyterJavascript
from colabify.rules.colab.magics import Automagic, MissingMagics, MovedExtensions, ShellCd
from colabify.rules.colab.matplotlib_backends import MatplotlibMagic, MatplotlibUse
from colabify.rules.colab.my_drive import MyDrive
from colabify.rules.colab.questions import Questions
from colabify.rules.colab.servers import LocalServers
from colabify.rules.colab.shell_assignment import ShellAssignment
from colabify.rules.colab.tensorflow_version import TensorflowVersion
from colabify.rules.colab.widgets import CustomWidgets
from colabify.rules.colab.windows import Devices, Windows

if TYPE_CHECKING:
    from colabify.rules.base import Rule

RULES: tuple[Rule, ...] = (
    ShellAssignment(),
    CondaInstall(),
    PipUser(),
    MatplotlibMagic(),
    MatplotlibUse(),
    TensorflowVersion(),
    MyDrive(),
    Automagic(),
    ShellCd(),
    IPythonModules(),
    Windows(),
    CustomWidgets(),
    Questions(),
    Devices(),
    LocalServers(),
    JupyterJavascript(),
    MissingMagics(),
    MovedExtensions(),
)
