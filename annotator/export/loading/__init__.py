"""Files back in, whatever wrote them: seen, matched, placed, labelled and only then stored.

readers    which format a file is, and the module that reads it
foreign    what a reader finds, before anybody asks what it means here
matching   which stored text a text of the file is
anchoring  where words stand in it: surely, or nowhere
strangers  a stranger's marks as annotations
record     a line of own JSON Lines, field by field; `values` says what fields mean in a text
ownlines   own JSON Lines, type by type; `ownmarks` takes their annotations
incoming   what is new, older or newer than what is stored
report     what a load did, or would do; `telling` puts it in words
load       all of it in one transaction
"""
