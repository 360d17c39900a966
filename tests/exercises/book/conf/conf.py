"""The smallest configuration that a build of this edition needs."""

project = "The Harbour"
author = "Nobody"
version = release = "1"
extensions = ["myst_parser", "kochu"]
myst_enable_extensions = ["colon_fence"]
html_theme = "basic"
html_copy_source = True
exclude_patterns = []
