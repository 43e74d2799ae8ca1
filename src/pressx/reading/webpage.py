"""Web pages: the main content as text, the headline, and the day of publication that the page declares."""

import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from pressx.errors import ReadingError
from pressx.intake import Limits
from pressx.reading.decoding import MARKS, decode
from pressx.reading.document import Document, add_headline

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# An element takes about 0.2 KB in libxml2, and several times that while its neighbours are weighed. Pages have some
# thousand.
MOST_TAGS = 200_000
# Where pages declare their day of publication, the most specific first; "date" may be that of the last change.
PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "dcterms.issued", "dc.date.issued",
    "publication_date", "publish-date", "publishdate", "pubdate", "parsely-pub-date", "sailthru.date", "dc.date",
    "dcterms.date", "date",
)  # fmt: skip
JSON_DATE = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"(\d{4}-\d{2}-\d{2})')
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w-]{1,40})", re.IGNORECASE)
# Pages have some dozen elements inside each other. Weighing 1,000 takes 5 s, and the time grows with their square.
DEEPEST = 256
HEAD = 4096  # bytes in which a page declares its encoding; browsers look at 1024
MISSING = "needs the extra for web pages: pip install 'pressx[html]'"

HIDDEN = frozenset(
    {"script", "style", "head", "template", "noscript", "svg", "math", "iframe", "object", "select", "title"}
)
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
        "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
    }
)  # fmt: skip
CELLS = frozenset({"td", "th"})


def read_webpage(data: bytes, limits: Limits) -> Document:  # as all readers
    """Return the main content without navigation, the headline first. Raises ReadingError when a page has no text."""
    html = decode_page(data)
    tree = parse(html)
    day, headline = find_published(tree), find_title(tree)
    text = (find_content(html) if measure_depth(tree) <= DEEPEST else "") or read_tree(tree)
    if not text:
        raise ReadingError("holds no text")
    return Document(add_headline(headline, text), day)


def read_visible(html: str) -> str:
    """Return all that a browser would show, as of an e-mail, which has no navigation. Raises ReadingError."""
    return read_tree(parse(html)) if html.strip() else ""


def decode_page(data: bytes) -> str:
    """Return the page in the encoding that its mark or its head declares, else in the one its bytes show."""
    declared = None if data.startswith(tuple(mark for mark, _ in MARKS)) else CHARSET.search(data[:HEAD])
    if declared:
        charset = declared[1].decode("ascii", errors="replace").lower()
        # What calls itself Latin-1 is cp1252, says the HTML standard; who can read the declaration can't have UTF-16.
        charset = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(charset, charset)
        try:
            return data.decode(charset) if not charset.startswith("utf-16") else decode(data).text
        except (UnicodeDecodeError, LookupError, ValueError):
            pass  # declared wrongly
    return decode(data).text


def parse(html: str) -> "HtmlElement":
    """Return the tree of a page; nothing is run or fetched. Raises ReadingError."""
    try:
        from lxml import etree  # noqa: PLC0415  # an extra
        from lxml import html as lxml_html  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise ReadingError(MISSING) from error
    if html.count("<") > MOST_TAGS:
        raise ReadingError(f"is a web page of more than {MOST_TAGS} tags")
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        tree: HtmlElement = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ReadingError(f"is no web page: {' '.join(str(error).split())}") from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise ReadingError("is a web page of too many elements inside each other")  # what lies below was left out
    return tree


def measure_depth(tree: "HtmlElement") -> int:
    """Return how many elements lie inside each other at most."""
    depth = deepest = 0
    element, below = tree, True
    while True:
        if below and len(element):
            element, depth = element[0], depth + 1
            deepest = max(deepest, depth)
        elif (after := element.getnext()) is not None and depth:
            element, below = after, True
        elif depth:
            element, below, depth = element.getparent(), False, depth - 1
        else:
            return deepest


def find_content(html: str) -> str:
    """Return the main content, "" when there is none."""
    try:
        import trafilatura  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise ReadingError(MISSING) from error
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # else its doubts go to standard error
    tree = parse(html)  # which will be used up
    try:
        found: Any = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, favor_recall=True)
    except RecursionError:
        return ""
    return (found.text or "").strip() if found else ""


def find_title(tree: "HtmlElement") -> str:
    """Return the headline: the only one of first order, else the title that the page gives itself."""
    headings = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    titles = [element.get("content") or "" for element in tree.iter("meta") if element.get("property") == "og:title"]
    titles += [element.text or "" for element in tree.iter("title")]
    chosen = [*(headings if len(headings) == 1 else []), *titles, ""]
    return next((" ".join(title.split()) for title in chosen if title.strip()), "")


def find_published(tree: "HtmlElement") -> str | None:
    """Return the ISO day on which a page says that it was published; a day that is only guessed is none."""
    declared: dict[str, str] = {}
    for element in tree.iter("meta", "time"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        if element.tag == "time" and element.get("pubdate") is not None:
            key = "pubdate"
        declared.setdefault((key or "").lower(), element.get("content") or element.get("datetime") or "")
    found = [declared[key] for key in PUBLISHED if key in declared]
    scripts = (element.text or "" for element in tree.iter("script") if element.get("type") == "application/ld+json")
    found[1:1] = [match[1] for script in scripts for match in JSON_DATE.finditer(script)][:1]
    return next(filter(None, map(read_day, found)), None)


def read_day(text: str) -> str | None:
    """Return the day that an ISO date or time begins with."""
    text = text.strip()
    try:
        return date.fromisoformat(text[:10]).isoformat() if text[4:5] == "-" and text[10:11] in ("", "T", " ") else None
    except ValueError:
        return None


def read_tree(tree: "HtmlElement") -> str:
    """Return the text of a tree, each block on a line of its own, the cells of a row parted by a bar."""
    lines = "".join(walk(tree)).split("\n")
    return "\n".join(line for line in (" ".join(line.split()).strip("| ") for line in lines) if line)


def walk(tree: "HtmlElement") -> Iterator[str]:
    """Yield the pieces of a text, a line feed where a block begins or ends. No recursion, however deep the tree."""
    stack: list[Any] = [tree]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
            continue
        if item.tail and item is not tree:
            stack.append(item.tail.replace("\n", " "))
        if not isinstance(item.tag, str) or item.tag in HIDDEN:
            continue
        if item.tag == "br":
            yield "\n"
            continue
        edge = "\n" if item.tag in BLOCKS else " | " if item.tag in CELLS else ""
        stack.append(edge)
        stack += reversed(item)
        stack.append((item.text or "").replace("\n", " ") if item.tag != "pre" else item.text or "")
        yield "\n" if edge == "\n" else ""
