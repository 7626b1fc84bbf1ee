"""Links and images in a Markdown cell: found with their places, and given new destinations there."""

from colabify.markdown.finding import find_html_targets, find_targets
from colabify.markdown.targets import Target
from colabify.markdown.writing import replace_targets

__all__ = ["Target", "find_html_targets", "find_targets", "replace_targets"]
