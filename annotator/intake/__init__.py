"""Stage 1: files -> `Document`s with a clause tree and citations.

read    a file -> its bytes, text, front matter and form (`files`)
parse   a text -> blocks -> clauses -> a Document        (`plaintext`, `markdown`, `webpage`)
            a text that lost its line ends -> blocks         (`oneline`)
            the bytes of a PDF or DOCX file -> blocks        (`pdf`, `word`)
            Akoma Ntoso -> blocks and the file's own tree    (`akoma`)
            the tree of a page -> what is text on it         (`page`)
        blocks -> the tree of a treaty, with citations   (`structure`)
        blocks -> the paragraphs of a news item          (`news`, `bylines`)
        words -> their language, and its versions        (`languages`)
        words -> the clauses they point at               (`references`)
correct  a wrong split put right by a person             (`layout`, `roles`)
gather   files, folders and addresses, one after the other, into the store
read_address  a web address -> its bytes, safely -> read (`web`)
corpus  a folder of texts, as the project ships them
naming  a slug of its own for a text that only shares its name with another
outline the clause tree as plain data
"""

from annotator.intake.corpus import corpus
from annotator.intake.outline import outline
from annotator.intake.parse import parse, parse_all
from annotator.intake.read import read, read_all, read_bytes
from annotator.intake.web.document import read_address, read_address_all

__all__ = [
    "corpus",
    "outline",
    "parse",
    "parse_all",
    "read",
    "read_address",
    "read_address_all",
    "read_all",
    "read_bytes",
]
