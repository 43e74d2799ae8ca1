"""Employers: the organization a title is held in."""

import re
from dataclasses import dataclass

from pressx.delegations import find_delegations, find_sender
from pressx.focus import find_focus
from pressx.layout import STORY, BlockKind, Layout
from pressx.outlines import Outline, join_words
from pressx.rules import Match, RuleSet
from pressx.titlewords import TitleWords

# "named PERSON, TITLE at ORG, as new TITLE": what an apposition says of the person is not whom the role is with.
ANNOUNCED = re.compile(r", as (?:(?:its|their|our|the|an?|new|next|interim) ){0,3}$")
# "ORG announced that PERSON, TITLE of ORG, was elected as its 22nd TITLE"
CHOSEN = re.compile(
    r"\b(?:elected|appointed|named|chosen|installed) (?:as )?(?:its|their) (?:(?:\d+\w\w|new|next|first) ){0,2}$"
)
# A seat on a board is held in the body whose news it is: "board chair", "member of the Audit Committee of the Board".
SEAT = re.compile(
    r"board (?:vice )?(?:chair|member|president|secretary|treasurer)"
    r"|members? of (?:the |its |our )?(?:[\w&' -]{1,60} )?(?:board|committee)",
    re.IGNORECASE,
)

# "ORG, backed by ORG, is led by TITLE PERSON": whom a sentence opens with.
LED = re.compile(r"\b(?:led|headed|chaired|directed|run) by (?:(?:its|the|current|new) ){0,2}$")

# Who wrote a study is no officer of the body that tells of it.
AUTHOR = re.compile(r"(?:[\w-]+ ){0,3}(?:co-?)?authors?(?: of (?:the|this) [\w ]+)?", re.IGNORECASE)

# Where something took place: "at the Norvik Museum, Mayor Ann Poe said".
VENUE = re.compile(r"\bat (?:the )?$")

# "with ORG as exclusive placement TITLE, PERSON ...": a body with a role of its own.
AGENT = re.compile(
    r"(?:ORG|THEY)(?: (?:is|was))?(?: acting| serving| acted| served)? as (?:[\w-]{1,20} ){0,4}TITLE(?! PERSON)"
)

LONGEST_HONOUR = 5  # letters of a decoration behind a name

# How far back context may give an organization, and how far back one is looked for by what it is: a university, the
# museum. Both keep the time linear.
REACH = 1500
FAR = 10_000

# How many organizations one title may be held in.
MOST = 5

# What must not follow an organization that ends an apposition: it would be the subject of a clause, or owner of the other.
APART = r"(?!'s? |\w| (?:is|was|has|have|are|company|subsidiary|affiliate|brand|TITLE|PERSON))"
# The parent of a department: "Director of ORG, ORG", "head of the ORG at ORG".
PARENT = re.compile(rf"ORG(?:(?P<at>,? (?:at|within) )|,? (?:of|in) |, )(?P<organization>ORG){APART}")
# "founder of ORG and ORG"
SEVERAL = re.compile(rf"ORG(?: and |, and |, (?=ORG(?:, ORG){{0,3}},? and ORG))(?:its subsidiary,? )?(?=ORG{APART})")
OF_SECTION = re.compile(r"TITLE (?:of|for) ")
# "Dean of the Faculty of Law", whose university the text names elsewhere: the faculty belongs to the title.
BRANCH = re.compile(
    r"(?:Faculty|Department|Division|Section|Directorate|Bureau|Unit|Office|School|College|Graduate School) of "
    r"|(?:[\w-]{1,30},? ){0,6}(?:Faculty|Department|Division|Section|Directorate|Unit|Graduate School)$"
)
OF_BRANCH = re.compile(r"TITLE(?: of| in|,) ")
# What may stand between titles in one row.
ROW = re.compile(r"TITLE(?:,? and|,|,? &| /|;)(?: (?:also|as|an?|the|is|former|then)){0,3} ?(?=TITLE)")
# "Professor PERSON, TITLE of ORG": where the rank is held goes with the office behind the name.
RANK = re.compile(r"TITLE PERSON, (?:the )?(?=TITLE)")
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# A name that no component read as one stands where the organization should.
UNREAD = re.compile(
    r"TITLE(?:, | - |,? at |,? of |,? of (?:the )?[a-z-]{3,20}'s )(?!The |He |She |In |PERSON|TITLE|ORG|THEY)[A-Z][\w&.-]{0,40}"
    r"(?: (?:and |of |& )?[A-Z][\w&.-]{0,40}){0,6}(?=[\n,;.]|$)"
)
# "owner of a bakery", "CEO of several start-ups": a body that is only described.
DESCRIBED = re.compile(
    r"TITLE,? (?:of|at|for) (?:an?|another|one of|some|several|various|many|two|three|multiple|other) (?!ORG|THEY)[a-z$](?![\w-]* (?:term|period|mandate)\b)"
)
# "the foundation's TITLE", "said Foundation TITLE", "on behalf of the company by its TITLE", "TITLE of the foundation"
MEANT_BEFORE = (
    r"\b(?:[Tt]he (?i:(?P<noun>{nouns}))'s (?:[\w-]{{1,40}} ){{0,2}}|(?i:(?P<bare>{nouns})) "
    r"|(?:[Oo]n behalf of|[Ff]or) the (?P<side>{nouns}),? by (?:its |the )?)$"
)
COMPANIES = frozenset({"company", "corporation", "firm"})  # whose names end with their legal form
MEANT_AFTER = r"TITLE (?:of|at|for) (?:the|this) (?P<noun>{nouns})\b(?!')"
OWNED = re.compile(
    r"\b(?:[Oo]ur|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Tt]he (?:company|firm|group|organization|agency|bank|university)'s)"
    r" (?:[\w-]{1,40} ){0,2}$"
)


@dataclass(frozen=True)
class Employer:
    """The body a title is held in, None when the title names it; `end` is where a title with its department ends."""

    organization: str | None
    implied: bool = False
    end: int | None = None


class Employers:
    """The organizations of the titles of one outline."""

    def __init__(
        self, rules: RuleSet, words: TitleWords, folded: str, outline: Outline, issuer: str | None, layout: Layout
    ) -> None:
        self.words = words
        self.folded = folded
        self.outline = outline
        self.issuer = issuer
        self.departments = rules.lexicon("title_departments")
        self.suffixes = frozenset(word.rstrip(".").lower() for word in rules.lexicons["company_suffixes"])
        self.sections = rules.lexicon("title_sections")
        self.stated: dict[int, int] = {}
        self.taught: dict[int, int] = {}  # where titles end whose "of" names what is taught
        for match in rules.find_text(outline.text, "EMPLOYER"):
            if not self._is_foreign(match):
                self.stated.setdefault(match.groups["title"][0], match.groups["organization"][0])
        self.delegations = find_delegations(rules, outline)
        self.bodies = [place for place in outline.order if self._is_body(place)]
        self.focus = find_focus([outline.places[place] for place in self.bodies], issuer, list(layout.select(*STORY)))
        nouns = join_words(words.bodies)
        self.meant_before = re.compile(MEANT_BEFORE.format(nouns=nouns))
        self.meant_after = re.compile(MEANT_AFTER.format(nouns=nouns))
        academy = re.compile(rf"\b(?:{join_words(rules.lexicons['academy_words'])})\b")
        self.academies = {
            place.value
            for place in outline.places.values()
            if place.label == "ORG"
            and academy.search(folded, place.start, place.end)
            and not self._is_department(folded[place.start : place.end].split(" of ", maxsplit=1)[0])
        }
        self.contacts = list(layout.select(BlockKind.CONTACT))

    def _is_foreign(self, match: Match) -> bool:
        """Whether a body is another's: "ORG TITLE PERSON and Minister PERSON", "TITLE PERSON and PERSON of ORG"."""
        title = self.outline.places[match.groups["title"][0]]
        if match.rule == "employer.of":  # "Professor of Soil Mechanics", which was read as a body
            body = self.outline.places[match.groups["organization"][0]]
            taught = self.words.teaches(self.folded[title.start : title.end], self.folded[body.start : body.end])
            if taught and self.folded.startswith(" of ", title.end):
                self.taught[match.groups["title"][0]] = body.end
                return True
            return False
        if match.rule in {"employer.aside", "employer.shared"}:
            return self.words.is_office(self.folded[title.start : title.end])
        if match.rule == "employer.beside-name":  # "Secretary Ann Poe, EGH, said": a decoration
            body = self.outline.places[match.groups["organization"][0]]
            name = self.folded[body.start : body.end]
            return name.isupper() and len(name) <= LONGEST_HONOUR and f"({name})" not in self.folded
        if match.rule == "employer.far":  # "as its president at the meeting held at ORG"
            return OWNED.search(self.outline.text, max(0, match.start - 60), match.groups["title"][0]) is not None
        if match.rule == "employer.shared-behind":
            return not self.is_academic(match.groups["title"][0])
        several = self.outline.text.count("PERSON", match.start, match.end) > 1
        return match.rule == "employer.after-name" and several and not title.fact.get("plural")

    def find(self, title: int) -> list[Employer]:
        """Return the employers of the title at an offset of the outline, [] when it is no position without one."""
        mention = self.outline.places[title]
        words = self.folded[mention.start : mention.end]
        if self.words.is_head_of_state(words):
            return [Employer(None)]
        if title in self.stated:
            return self._read_stated(title, self.stated[title])
        if self.words.is_office(words):
            return [Employer(None)]
        if self.words.is_study(words):
            return [Employer(None)]
        if AUTHOR.fullmatch(words) or (self.words.is_profession(words) and not self._is_seat(title)):
            return []
        # "President Poe" in another's release is a head of state as often as of a company.
        bare = words.lower() == "president" and self.outline.text.startswith("TITLE PERSON", title)
        bare = bare and self.find_meant(title) is None
        if bare or UNREAD.match(self.outline.text, title) or DESCRIBED.match(self.outline.text, title):
            return [Employer(None)]
        return [Employer(self._settle(title, self._infer(title)), implied=True, end=self.taught.get(title))]

    def _read_stated(self, title: int, place: int) -> list[Employer]:
        """Return the organizations from `place` on: a department's parent, or all that one title is held in."""
        text, places = self.outline.text, self.outline.places
        organization = places[place]
        name = self.folded[organization.start : organization.end]
        beside = text.find("PERSON", title, place) < 0
        parent = PARENT.match(text, place) if place > title else None
        leading = self.folded[places[title].start : places[title].end].lower().split()[-1] in self.words.leaders
        if parent and (self._is_department(name) if not parent["at"] else not leading):
            return [Employer(places[parent.start("organization")].value, end=organization.end if beside else None)]
        if place > title and name.lower().split()[-1] in self.sections and OF_SECTION.match(text, title):
            return [Employer(self.issuer, implied=True, end=organization.end)]
        if place > title and BRANCH.match(name) and OF_BRANCH.match(text, title):
            whole = self._settle(title, self._infer(title))
            if whole is not None and whole != organization.value:
                return [Employer(whole, implied=True, end=organization.end)]
        found = [Employer(organization.value)]
        while place > title and (match := SEVERAL.match(text, place)) and len(found) < MOST:
            place = match.end()
            found.append(Employer(places[place].value))
        return found

    def _is_department(self, name: str) -> bool:
        """Whether a name is that of a part of a body: "Center for ...", "... Department"."""
        words = name.lower().split()
        return bool({words[0], words[-1]} & self.departments)

    def _settle(self, title: int, body: str | None) -> str | None:
        """Return the body; for a title held at universities and schools the last one named before it, if there is any."""
        if body in self.academies or not self.is_academic(title):
            return body
        places = self.outline.find_before(title, max(0, title - FAR))
        before = (self.outline.places[place].value for place in places)
        return next((value for value in before if value in self.academies), body)

    def _infer(self, title: int) -> str | None:
        """Return the body that context gives.

        It is that of the next title in the row or, for "Professor", behind the name, or the last one named in the sentence
        (in the paragraph for "its" and for former roles), else the one the release is about.
        """
        text, places = self.outline.text, self.outline.places
        mention = places[title]
        scholar = self.folded[mention.start : mention.end].lower() in self.words.scholars - self.words.leaders
        match = ROW.match(text, title) or (RANK.match(text, title) if scholar else None)
        if match and self.stated.get(match.end(), 0) > title:
            return places[self.stated[match.end()]].value
        floor = max(0, title - REACH)
        paragraph = max(floor, text.rfind("\n", floor, title) + 1)
        before = text.startswith("TITLE PERSON", title)
        near = [
            place
            for place in self.outline.find_before(title, paragraph)
            if self._is_body(place)
            and not AGENT.match(text, place)
            and not (before and VENUE.search(text, max(paragraph, place - 8), place))
        ]
        if (meant := self.find_meant(title) or find_sender(self.delegations, title)) is not None:
            return meant
        sentence = max(paragraph, *(text.rfind(mark, paragraph, title) for mark in (". ", "; ", '"')))
        former = self.outline.statuses[places[title].start] == "former"
        if (contact := self.find_contact(title)) is not None:
            return contact
        chosen = ANNOUNCED.search(text, max(paragraph, title - 40), title) or CHOSEN.search(
            text, max(paragraph, title - 60), title
        )
        if chosen or self._is_seat(title):
            return self.focus
        if LED.search(text, max(paragraph, title - 40), title) and (
            told := [place for place in near if place >= sentence]
        ):
            return places[told[-1]].value
        if near and (near[0] >= sentence or former or OWNED.search(text, max(paragraph, title - 60), title)):
            return places[near[0]].value
        return self.focus

    def find_meant(self, title: int) -> str | None:
        """Return the last body named before whose name opens or ends with the noun of "the foundation's TITLE" or "TITLE of the
        foundation", else one whose name holds it; None when the words around the title hold no such noun.
        """
        text = self.outline.text
        match = self.meant_before.search(text, max(0, title - 60), title) or self.meant_after.match(text, title)
        if match is None:
            return None
        noun = next(group for group in match.groups() if group).lower()
        held = None
        for place in self.outline.find_before(title, max(0, title - FAR)):
            mention = self.outline.places[place]
            if mention.label == "ORG":
                words = self.folded[mention.start : mention.end].lower().split()
                if noun in (words[0], words[-1]) or (noun in COMPANIES and words[-1].rstrip(".") in self.suffixes):
                    return mention.value
                held = held or (mention.value if noun in words else None)
        return held

    def find_contact(self, title: int) -> str | None:
        """Return the last body named before the title in its block of contacts."""
        start = self.outline.places[title].start
        block = next((block for block in self.contacts if block.start <= start < block.end), None)
        before = self.outline.find_before(title, max(0, title - REACH)) if block else []
        named = (self.outline.places[place] for place in before if self._is_body(place))
        last = next((place for place in named if block and block.start <= place.start), None)
        return last.value if last else None

    def is_academic(self, title: int) -> bool:
        """Whether a title is held at a university or school: "Dean of the Faculty of Law"."""
        mention = self.outline.places[title]
        words = WORD.findall(self.folded[mention.start : mention.end].lower())
        return any(word in self.words.academics for word in words)

    def _is_seat(self, title: int) -> bool:
        mention = self.outline.places[title]
        return SEAT.match(self.folded, mention.start, mention.end) is not None

    def _is_body(self, place: int) -> bool:
        """Whether a word names or means a body that may employ: exchanges stand in brackets, outlets behind "Ann Poe/"."""
        label = self.outline.places[place].label
        return label in {"ORG", "REFERENCE"} and self.outline.text[max(0, place - 1) : place] not in {"(", "/"}
