# ruff: noqa: ARG001, T201 - the parameters and the messages are Colab's
"""What a notebook asks of Colab's page; nobody looks at this one."""

from IPython.display import IFrame, clear_output, display

_callbacks = {}


def clear(wait=False, output_tags=()):
    """Clear the output of the cell."""
    clear_output(wait=wait)


def eval_js(script, ignore_result=False, timeout_sec=None):
    """Return None: there is no page to run `script` in."""


def register_callback(function_name, callback):
    """Keep a function for the page to call, which never happens."""
    _callbacks[function_name] = callback


def unregister_callback(function_name):
    """Forget a function that `register_callback` has kept."""
    _callbacks.pop(function_name, None)


def enable_custom_widget_manager(version="5.0.0a"):
    """Do nothing: widgets are not drawn."""


def disable_custom_widget_manager():
    """Do nothing: widgets are not drawn."""


def no_vertical_scroll():
    """Do nothing: nothing is drawn."""


def serve_kernel_port_as_iframe(
    port, path="/", width="100%", height="400", cache_in_notebook=False
):
    """Display a frame that shows the kernel's port `port`."""
    display(IFrame(f"https://localhost:{port}{path}", width, height))


def serve_kernel_port_as_window(port, path="/", anchor_text=None):
    """Print a link to the kernel's port `port`."""
    print(f"https://localhost:{port}{path}")
