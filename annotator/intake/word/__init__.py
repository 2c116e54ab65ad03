"""DOCX -> blocks: the words of a Word file as they read with all changes accepted.

package     bytes -> the XML parts that are needed, within limits
styles      headings, hidden styles and where numbers come from
numbering   automatic numbers as text
body        paragraphs and tables -> blocks
source      all of these together
"""

from annotator.intake.word.source import to_source

__all__ = ["to_source"]
