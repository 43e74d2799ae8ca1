"""A view of a text in which typographic variants of one character look the same, at the same offsets.

Curly and straight quotation marks, the many spaces and hyphens of Unicode and carriage returns make one
pattern fail on text that reads the same. `fold` replaces one character by one character, so that a match on the
folded text has the offsets of the text itself.
"""

SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\v\f"
HYPHENS = "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
DASHES = "\u2015\ufe58"
DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02"
SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`\uff07"

FOLDED = str.maketrans(
    {
        **dict.fromkeys(SPACES, " "),
        **dict.fromkeys(HYPHENS, "-"),
        **dict.fromkeys(DASHES, "\u2014"),
        **dict.fromkeys(DOUBLE_QUOTES, '"'),
        **dict.fromkeys(SINGLE_QUOTES, "'"),
    }
)


def fold(text: str) -> str:
    """Return `text` with every space, hyphen and quotation mark in its ASCII form; em dashes and line feeds stay.

    The result has the length of `text`: character i of the one stands for character i of the other.
    """
    return text.translate(FOLDED)


def squash(text: str) -> str:
    """Return `text` on one line, runs of white space read as one space: how a copied value is compared."""
    return " ".join(text.split())
