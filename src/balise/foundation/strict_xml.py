"""Read an XML document into a tree that knows its lines. A document type is refused, whatever it
says: with it go entities, external files and their expansion.
"""

import io
from dataclasses import dataclass, field
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

MOST_OCTETS = 5_000_000
DEEPEST = 30
MOST_ELEMENTS = 100_000


class XmlUnreadable(ValueError):
    """It is no XML that is read here; the message says why and, where known, in which line."""


@dataclass(slots=True)
class Node:
    """One element: its attributes, its children in order, its own text, the line it begins in.

    `pieces` are its texts and its children in the order in which they are written.
    """

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    text: str = ""
    pieces: list["Node | str"] = field(default_factory=list)


def read(octets: bytes) -> Node:
    """Return the root of a document, or raise XmlUnreadable.

    Refuses more than 5 MB, a document type, more than 30 levels and more than 100,000 elements.
    """
    if len(octets) > MOST_OCTETS:
        raise XmlUnreadable("the document is longer than 5 MB")
    tree = _Tree()
    parser = create_parser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setContentHandler(tree)
    try:
        parser.parse(io.BytesIO(octets))
    except DefusedXmlException as error:
        raise XmlUnreadable(f"a document type is refused, and all entities: {error}") from None
    except SAXParseException as error:
        where = f"line {error.getLineNumber()}: "
        raise XmlUnreadable(f"{where}not well-formed XML: {error.getMessage()}") from None
    except (SAXException, ValueError, LookupError) as error:
        raise XmlUnreadable(f"not readable as XML: {error}") from None
    if tree.root is None:
        raise XmlUnreadable("the document is empty")
    return tree.root


class _Tree(ContentHandler):
    """Builds the tree while the parser reads."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Node | None = None
        self._open: list[Node] = []
        self._count = 0
        self._where: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - SAX's names
        self._where = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        self._count += 1
        if len(self._open) >= DEEPEST or self._count > MOST_ELEMENTS:
            raise SAXException("more elements than any document that is read here")
        line = self._where.getLineNumber() or 0 if self._where else 0
        node = Node(name, line, {key: attrs.getValue(key) for key in attrs.getNames()})
        if self._open:
            self._open[-1].children.append(node)
            self._open[-1].pieces.append(node)
        else:
            self.root = node
        self._open.append(node)

    def endElement(self, name: str) -> None:  # noqa: N802, ARG002
        self._open.pop()

    def characters(self, content: str) -> None:
        self._open[-1].text += content
        self._open[-1].pieces.append(content)
