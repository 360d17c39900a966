"""Figures drawn from data at build time: charts, timetables, charts of bodies, maps.

Pure but for reading files: a figure is a frozen dataclass that says what is to be seen;
drawing it gives the same bytes every time. Nothing here knows any edition.
"""
