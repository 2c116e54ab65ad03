"""One module a page, in flow order: start, review, compare, export."""
