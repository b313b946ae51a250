"""Any text on a terminal: no control character, no line wider than the terminal, nothing lost."""

from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from fuzzing import bounded, cases, words
from sqmy import text
from sqmy.reports.model import Column, Report, Section, Table
from sqmy.reports.render import terminal
