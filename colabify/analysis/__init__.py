"""From a program and its project to facts: imports, paths, data, accelerator."""
