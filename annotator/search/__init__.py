"""Finding: what is typed -> clauses and tags.

words    a text -> the words it is found by, in every language, each with its place
query    what is typed -> what is looked for, whatever it is
found    what a search is narrowed to, and what it finds
cited    what is typed -> the clauses it cites (`annotator.search.cited`)
excerpts the words around what was found
listing  the same as data and as lines

The store keeps the index and answers (`Store.search`); nothing here speaks SQL.
"""

from annotator.search.found import (
    PLACES,
    STATES,
    Filters,
    Found,
    Hit,
    Place,
    Said,
    State,
    Tagged,
    TaggedList,
)
from annotator.search.listing import hit_lines, hit_record
from annotator.search.query import Query, parse, widened

__all__ = [
    "PLACES",
    "STATES",
    "Filters",
    "Found",
    "Hit",
    "Place",
    "Query",
    "Said",
    "State",
    "Tagged",
    "TaggedList",
    "hit_lines",
    "hit_record",
    "parse",
    "widened",
]
