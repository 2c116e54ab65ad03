"""Files back in, whatever wrote them: seen, matched, placed, labelled and only then stored.

readers    which format a file is, and the module that reads it
foreign    what a reader finds, before anybody asks what it means here
matching   which stored text a text of the file is
anchoring  where words stand in it: surely, or nowhere
strangers  a stranger's marks as annotations
record     a line of own JSON Lines, field by field; `values` says what fields mean in a text
ownfile    a file of own JSON Lines, text by text, so that any length of it fits the memory
ownlines   what its lines mean; `ownmarks` their annotations, `owntexts` the texts they name
incoming   what is new, older or newer than what is stored
report     what a load did, or would do; `telling` puts it in words
load       all of it in one transaction
"""
