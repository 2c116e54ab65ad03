"""What annotation tools take and give: a module a format, out by `render` or `files`, in by `read`.

A mark is one label in all of them (`labels`), a file of several is a zip or a folder. What each can
carry stands in the README's table, which `tests/export/test_carrying.py` holds it to.
"""
