"""Where settings come from: files, the notebooks that they hold for, and the command line."""
