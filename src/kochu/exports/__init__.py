"""The resolved apparatus in other people's formats, one module a format.

Pure: every format is a function from :class:`~kochu.exports.material.Material` to text.
"""
