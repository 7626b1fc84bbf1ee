"""How Sphinx builds the documentation: ``tox -e docs``, where every warning is an error."""

project = "colabify"
html_title = "colabify"
copyright = "The colabify authors"  # noqa: A001
extensions = ["myst_parser"]
html_theme = "furo"
html_copy_source = False
html_show_sphinx = False
myst_heading_anchors = 3
nitpicky = True
suppress_warnings = ["misc.highlighting_failure"]  # cells have shell lines among their Python
html_static_path = ["static"]
html_css_files = ["site.css"]
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
