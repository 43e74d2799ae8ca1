"""Hypothesis strategies: texts that look like releases, in every dress characters can wear, and texts that do not."""

from hypothesis import strategies as st

# Sentences of the kinds the components look for; all names are invented.
SENTENCES = (
    "Norvik Harbour AS (OSE: NORV) today named Ada Quill as its Chief Executive Officer.",
    '"We will grow with the port," said Quill, who joined in 2019.',
    "“Our ferries run on time, ” she added, “and they always will.”",
    "“This paragraph opens a quotation that nobody closes, said Tom O'Brien Jr.",
    "The parties signed a memorandum of understanding on March 5, 2024 worth US$3.5 million.",
    "CAO Wenli, Deputy Director of the Lakeside Centre, and Ms. Nguyễn Thị Mai attended from September 3-5.",
    "Harrow & Pike LLC will acquire Bluewater Tools, Inc. in the third quarter of fiscal 2026.",
    "The International Rope Council (IRC) and the University of Norvik renewed their agreement last Tuesday.",
    "Opening Ceremony | Ada Quill, CEO | Tom Reed, Mayor of Norvik |",
    "Former Senator Ruth Vale (D-Ohio) spoke in the 1990s and will do so again on 02/30/2025.",
    "Revenue rose 12% in Q3 2024 and 4.1% in H1; the season of Summer 2025 looks better still.",
)
HEADLINES = (
    "Norvik Harbour Names Ada Quill Chief Executive Officer",
    "HARROW & PIKE TO ACQUIRE BLUEWATER TOOLS",
    "IRC and University of Norvik Sign Agreement",
)
DATELINES = (
    "OSLO, Norway, March 4, 2024 -- ",
    "DENVER, Colo. (Business Wire) – ",
    "SHENZHEN, 4 Sept. / PRNewswire / --",
)
CLOSINGS = (
    "About Norvik Harbour",
    "Norvik Harbour AS runs the port of Norvik.",
    "Media Contact:",
    "Tom Reed, +47 555 01 99, tom@norvik.example, www.norvik.example",
    "Forward-Looking Statements",
    "This release contains forward-looking statements that involve risks.",
    "###",
    "-END-",
    "(MORE)",
)
SPACES = (" ", "\u00a0", "\u2009", "  ", "\t")
ENDS = ("\n", "\r\n", "\n\n", "\r\n\r\n", "\n \n", " ")
# Soft hyphen, zero-width space and joiner, right-to-left and left-to-right marks, byte order mark, an emoji with a
# variation mark, a letter with a combining accent, one beyond the basic plane, an ideographic space.
MARKS = ("\u00ad", "\u200b", "\u200d", "\u200f", "\u202e", "\ufeff", "❤️", "e\u0301", "𝒜", "\u3000", "🇳🇴")


@st.composite
def releases(draw):
    """Return a text built like a release: some of its parts, in their order, dressed at random."""
    body = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5))
    body[0] = draw(st.sampled_from(("", *DATELINES))) + body[0]
    parts = [*draw(st.lists(st.sampled_from(HEADLINES), max_size=2)), *body]
    parts += draw(st.lists(st.sampled_from(CLOSINGS), max_size=4))
    text = "".join(part + draw(st.sampled_from(ENDS)) for part in parts)
    return draw(dressed(text))


@st.composite
def dressed(draw, text):
    """Return `text` with other blanks and with marks that no reader sees, some of them inside words."""
    text = text.replace(" ", draw(st.sampled_from(SPACES)))
    for mark in draw(st.lists(st.sampled_from(MARKS), max_size=3)):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + mark + text[place:]
    return text


def texts():
    """Return releases, shuffled scraps of them, and anything that Unicode allows."""
    scraps = st.lists(st.sampled_from((*SENTENCES, *CLOSINGS, *DATELINES, *MARKS, *ENDS, '"', "(", ";")), max_size=8)
    return st.one_of(releases(), scraps.map("".join), st.text(max_size=300))
