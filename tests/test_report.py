"""`pressx report`: the page as it is written, and as a browser shows it.

The browser is the system's Chromium; without one these tests say that they were skipped.
"""

import base64
import hashlib
import re
import shutil
from html.parser import HTMLParser

import pytest
from playwright.sync_api import sync_playwright

import pressx
from conftest import ROOT
from made import make_release, write_record
from pressx.facts import list_facts
from pressx.report.network import HEIGHT, draw
from pressx.report.page import FOLDER, render

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",  # as root there is none
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

TEXT = """\
Norvik Harbour and Delle Line Agree

OSLO, Norway, March 4, 2024 -- Norvik Harbour AS and Delle Line signed a supply agreement today.

"We will grow with the port," said Ada Quill, Chief Executive Officer of Norvik Harbour.

<script>window.pwned = 1</script> <img src=x onerror="window.pwned = 1"> [x](javascript:alert(1)) </style> &lt; {{ 7 * 7 }}
"""


def mention(words, text=TEXT, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words, "rule": "hand"}


def make_record():
    """Return a record of TEXT in which an organization stands inside a quotation's neighbour and facts overlap."""
    record = make_release(
        "one.txt",
        text=TEXT,
        headline="Norvik Harbour and Delle Line Agree",
        issuer="Norvik Harbour AS",
        place="OSLO",
        date="2024-03-04",
        people=[("Ada Quill", ["Quill"], [("Chief Executive Officer", "Norvik Harbour AS")])],
        organizations=[("Norvik Harbour AS", ["Norvik Harbour"]), ("Delle Line", [])],
        agreements=[("supply", ["Norvik Harbour AS", "Delle Line", "Somebody Else"], [("Ada Quill", "Delle Line")])],
        quotations=[("Ada Quill", "We will grow with the port,")],
        dates=["2024-03-04"],
    ).model_dump(mode="json")
    person, (norvik, delle) = record["people"][0], record["organizations"]
    person["mentions"] = [mention("Ada Quill")]
    person["positions"][0]["evidence"] = mention("Chief Executive Officer")
    norvik["mentions"] = [mention("Norvik Harbour"), mention("Norvik Harbour AS")]
    delle["mentions"] = [mention("Delle Line"), mention("Delle Line", nth=1)]
    record["agreements"][0]["evidence"] = [mention("supply agreement")]
    record["dates"][0]["mentions"] = [mention("March 4, 2024"), mention("today")]
    record["quotations"][0] |= mention("We will grow with the port,")
    record["source"]["characters"] = len(TEXT)
    return record


OTHER = make_release("two.txt", headline="Ébène Opens", people=[("Zoë <b>Smith</b>", [], [])]).model_dump(mode="json")


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


# The file


def test_the_same_releases_give_the_same_page():
    assert render([(make_record(), TEXT), (OTHER, None)]) == render([(make_record(), TEXT), (OTHER, None)])


def test_the_page_loads_nothing_and_runs_its_own_script_alone():
    page = render([(make_record(), TEXT), (OTHER, None)])
    elements = Elements(page).found
    assert {tag for tag, _ in elements} & {"img", "iframe", "object", "embed", "form", "base", "link", "b>"} == set()
    for tag, attributes in elements:
        assert not {"style", "src", "srcset", "action"} & attributes.keys(), tag
        assert not [name for name in attributes if name.startswith("on")], tag
        assert attributes.get("href", "#").startswith("#")
    policy = next(attributes["content"] for _, attributes in elements if "http-equiv" in attributes)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for name, tag in (("style-src", "style"), ("script-src", "script")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert rules[name] == f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def test_every_id_is_there_once_and_every_reference_leads_somewhere():
    elements = Elements(render([(make_record(), TEXT), (OTHER, None)])).found
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in elements:
        wanted = [attributes["href"][1:]] if "href" in attributes else []
        for name in ("aria-labelledby", "aria-describedby", "for", "data-facts"):
            wanted += attributes.get(name, "").split()
        assert set(wanted) <= set(ids)


@pytest.mark.parametrize("name", ["cooperation", "funding", "wire", "notice"])
def test_the_text_is_whole_and_every_mention_is_marked(nlp, name):
    source = pressx.read(ROOT / "samples" / name / "release.txt")
    record = pressx.extract(nlp, source).model_dump(mode="json")
    page = render([(record, source.text)])
    shown = re.search(r'<section class="text".*?</section>', page, re.DOTALL).group()

    class Words(HTMLParser):
        words = ""

        def handle_data(self, data):
            self.words += data

    words = Words()
    words.feed(shown.split("</h3>", 1)[1])
    assert "".join(words.words.split()) == "".join(source.text.split())
    starts = {
        attributes["id"] for _, attributes in Elements(shown).found if attributes.get("id", "").startswith("r1-c")
    }
    assert {f"r1-c{cited['start']}" for fact in list_facts(record) for cited in fact.evidence} <= starts


# The drawing


def test_ties_are_drawn_in_columns_without_nodes_on_top_of_each_other():
    network = draw(make_record())
    assert [heading for heading, _ in network.headings] == ["person", "organization", "agreement"]
    assert [node.name for node in network.nodes] == [
        "Ada Quill", "Norvik Harbour AS", "Delle Line", "Somebody Else", "supply agreement",
    ]  # fmt: skip
    assert sorted(edge.kind for edge in network.edges) == ["current", "party", "party", "party", "signatory"]
    for one in network.nodes:
        assert 0 <= one.y <= network.height - HEIGHT
        for other in network.nodes:
            assert one is other or one.x != other.x or abs(one.y - other.y) >= HEIGHT


def test_nothing_is_drawn_where_nothing_is_tied():
    assert draw(OTHER) is None
    assert "is tied to another" in render([(OTHER, None)])


def test_long_and_wide_names_fit_their_nodes():
    record = make_release("x", people=[("国" * 40, [], [("Vice " * 20, "A")])], organizations=[("A", [])]).model_dump(
        mode="json"
    )
    person = next(node for node in draw(record).nodes if node.kind == "person")
    assert person.label == "国" * 12 + "…"
    assert person.detail.endswith("…")
    assert len(person.detail) <= 28


# Colours


def read_themes():
    """Return the custom properties of the light and of the dark theme."""
    style = (FOLDER / "page.css").read_text(encoding="utf-8")
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#\w{6})", block))
        for block in re.findall(r":root \{(.*?)\n *\}", style, re.DOTALL)[:2]
    )
    return {"light": light, "dark": light | dark}


def measure_contrast(one, other):
    """Return the contrast ratio of WCAG 2."""

    def measure_luminance(color):
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted(map(measure_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(theme):
    colors = read_themes()[theme]
    kinds = [name.removesuffix("-tint") for name in colors if name.endswith("-tint")]
    assert len(kinds) == 7
    grounds = ["paper", "panel", *(f"{kind}-tint" for kind in kinds)]
    pairs = [(text, ground) for text in ("ink", "soft") for ground in grounds]
    pairs += [("ink", "hit"), *(("paper", kind) for kind in kinds)]
    assert [pair for pair in pairs if measure_contrast(*map(colors.get, pair)) < 4.5] == []
    lines = [("focus", "paper"), *((kind, ground) for kind in kinds for ground in ("paper", f"{kind}-tint"))]
    assert [pair for pair in lines if measure_contrast(*map(colors.get, pair)) < 3] == []


# The browser


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, tmp_path):
    """Return a function that opens the page of releases; what the browser complains of or loads fails the test."""
    complaints, contexts = [], []

    def open_it(*releases, viewport=DESKTOP, **options):
        path = tmp_path / "report.html"
        path.write_text(render(releases or [(make_record(), TEXT)]), encoding="utf-8")
        context = browser.new_context(viewport=viewport, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: request.url.startswith(path.as_uri()) or complaints.append(request.url))
        page.goto(path.as_uri())
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


def list_lit(page, selector):
    return page.eval_on_selector_all(
        f"{selector}.lit", "elements => elements.map((element) => element.textContent.trim())"
    )


def list_lit_facts(page):
    return page.eval_on_selector_all(".fact.lit", "facts => facts.map((fact) => fact.id)")


def test_pointing_at_a_fact_lights_its_evidence(open_page):
    page = open_page()
    page.hover("#r1-o2 .name")
    assert list_lit(page, ".mark") == ["Delle Line", "Delle Line"]
    assert list_lit_facts(page) == ["r1-o2"]
    assert page.locator(".node.lit title").text_content() == "Delle Line"
    assert page.locator(".edge.lit").count() == 1
    page.hover("#r1-p1\\.1 .title")
    assert list_lit(page, ".mark") == ["Chief Executive Officer"]
    page.hover("h1")
    assert page.locator(".lit").count() == 0


def test_pointing_at_evidence_lights_its_fact(open_page):
    page = open_page()
    page.hover(".mark:text-is('Ada Quill')")
    assert list_lit_facts(page) == ["r1-p1"]
    page.hover(".mark:text-is('today')")
    assert list_lit_facts(page) == ["r1-d1"]
    assert list_lit(page, ".mark") == ["March 4, 2024", "today"]


def test_the_keyboard_does_what_the_pointer_does(open_page):
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#r1-p1 > .name")
    assert list_lit(page, ".mark") == ["Ada Quill"]
    page.keyboard.press("Enter")
    page.locator(".mark:focus").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Ada Quill"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Chief Executive Officer"
    assert list_lit_facts(page) == ["r1-p1.1"]
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.locator(".title:focus").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".lit").count() == 0


def test_every_mention_is_one_stop_of_the_keyboard(open_page):
    page = open_page()
    stops = page.eval_on_selector_all(
        ".mark", "marks => marks.filter((mark) => mark.tabIndex === 0).map((mark) => mark.textContent)"
    )
    assert len(stops) == len({(cited["start"]) for fact in list_facts(make_record()) for cited in fact.evidence})


def test_evidence_inside_evidence_lights_both(open_page):
    record = make_record()
    record["agreements"][0]["evidence"] = [mention("Norvik Harbour and Delle Line Agree")]
    page = open_page((record, TEXT))
    page.hover(".mark:text-is('Delle Line') >> nth=0")
    assert list_lit_facts(page) == ["r1-a1", "r1-o2"]
    page.hover("#r1-a1 > .name")
    assert "".join(list_lit(page, ".mark")) == "Norvik HarbourandDelle LineAgree"
    assert page.eval_on_selector_all(".mark.lit", "marks => [...new Set(marks.map((mark) => mark.dataset.kind))]") == [
        "agreement"
    ]
    page.hover("h1")
    assert page.locator(".mark >> nth=0").get_attribute("data-kind") == "organization"


def test_kinds_are_switched_off_and_on(open_page):
    page = open_page()
    page.click(".kinds label.organization")
    assert page.locator("#r1-o1").is_hidden()
    assert page.locator("h4.organization").is_hidden()
    assert (
        page.eval_on_selector_all(".mark.off", "marks => marks.map((mark) => mark.dataset.kind)")
        == ["organization"] * 4
    )
    assert page.evaluate("document.querySelector('.mark.off').tabIndex") == -1
    page.focus(".kinds input >> nth=2")
    page.keyboard.press("Space")
    assert page.locator("#r1-o1").is_visible()
    assert page.locator(".off").count() == 0


def test_search_narrows_facts_without_case_and_accents(open_page):
    page = open_page((OTHER, None), (make_record(), TEXT))
    page.fill("#search", "ZOE")
    assert page.locator("#r1-p1").is_visible()
    assert page.locator("#found").text_content() == "1 of 1 facts, 1 of 2 releases"
    assert page.locator("nav li:visible").count() == 1
    page.fill("#search", "nobody at all")
    assert page.locator("#r1-facts .nothing").is_visible()
    assert page.locator("nav .none").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#found").text_content() == ""
    assert page.locator("nav li:visible").count() == 2


def test_search_shows_where_the_words_stand_in_the_text(open_page):
    page = open_page()
    page.fill("#search", "delle line")
    assert page.evaluate("[...CSS.highlights.get('found')].map(String)") == ["Delle Line", "Delle Line"]
    assert page.locator("#r1-o2").is_visible()
    assert page.locator("#r1-p1").is_hidden()


def test_one_release_is_shown_at_a_time(open_page):
    page = open_page((make_record(), TEXT), (OTHER, None))
    assert page.locator("article:visible").get_attribute("id") == "r1"
    page.click("nav a >> nth=1")
    assert page.locator("article:visible").get_attribute("id") == "r2"
    assert page.locator("nav a[aria-current]").text_content().split() == ["Ébène", "Opens", "two.txt"]
    page.go_back()
    page.wait_for_selector("#r1:visible")
    page.goto(page.url.split("#")[0] + "#r2-p1")
    assert page.locator("article:visible").get_attribute("id") == "r2"


def test_a_release_is_text_and_nothing_else(open_page):
    page = open_page((make_record(), TEXT), (OTHER, None))
    shown = page.locator("#r1-text").inner_text()
    for words in ("<script>window.pwned = 1</script>", "[x](javascript:alert(1))", "</style> &lt; {{ 7 * 7 }}"):
        assert words in shown
    assert page.evaluate("window.pwned") is None
    page.goto(page.url.split("#")[0] + "#r2")
    assert page.locator("#r2-p1 .name").inner_text() == "Zoë <b>Smith</b>"


def test_what_gets_into_the_page_anyway_does_not_run(browser, tmp_path):
    page = browser.new_context().new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    (tmp_path / "x.html").write_text(render([(make_record(), TEXT)]), encoding="utf-8")
    page.goto((tmp_path / "x.html").as_uri())
    page.evaluate(
        "for (const [tag, key, value] of [['script', 'textContent', 'window.pwned = 1'], ['img', 'src', 'http://127.0.0.1:9/']])"
        "  document.body.append(Object.assign(document.createElement(tag), {[key]: value}))"
    )
    assert page.evaluate("window.pwned") is None
    assert len(refused) == 2
    assert all("Content Security Policy" in message for message in refused)
    page.context.close()


def test_a_phone_shows_all_without_scrolling_sideways(open_page):
    page = open_page((make_record(), TEXT), (OTHER, None), viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.click(".mark:text-is('Ada Quill')")
    assert "Chief Executive Officer" in page.locator("#peek").inner_text()
    assert page.locator("#peek").bounding_box()["y"] + page.locator("#peek").bounding_box()["height"] == PHONE["height"]
    page.click("h2 >> nth=0")
    assert page.locator("#peek").is_hidden()


def test_dark_mode_follows_the_system(open_page):
    read = "getComputedStyle(document.body).backgroundColor"
    assert open_page().evaluate(read) == "rgb(251, 250, 246)"
    assert open_page(color_scheme="dark").evaluate(read) == "rgb(20, 22, 25)"


def test_print_leaves_out_what_paper_cannot_do(open_page):
    page = open_page((make_record(), TEXT), (OTHER, None))
    page.emulate_media(media="print")
    for selector in (".bar", "nav", "#r1 .jumps"):
        assert page.locator(selector).is_hidden()
    assert page.locator("#r1-text").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.facts')).maxHeight") == "none"


def test_without_script_everything_is_there(open_page):
    page = open_page((make_record(), TEXT), (OTHER, None), java_script_enabled=False)
    assert page.locator("#r1-text").is_visible()
    assert page.locator("#r2-facts").is_visible()


def test_landmarks_and_headings_tell_the_page(open_page):
    page = open_page((make_record(), TEXT), (OTHER, None))
    tree = page.locator("body").aria_snapshot()
    for expected in ("banner", "search", 'navigation "Releases"', "main", 'heading "pressx report" [level=1]'):
        assert f"- {expected}" in tree
    assert 'heading "Norvik Harbour and Delle Line Agree" [level=2]' in tree
    assert 'checkbox "People 2" [checked]' in tree


# The command

RELEASE = """\
Norvik Harbour Names Ada Quill Chief Executive Officer

OSLO, Norway, March 4, 2024 -- Norvik Harbour AS today named Ada Quill as its Chief Executive Officer.
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text(RELEASE, encoding="utf-8")
    write_record(make_release("gone.txt", headline="Only a Record"), tmp_path / "in", "two")
    return tmp_path


def test_report_writes_one_page(run, folder):
    (folder / "in" / "short.txt").write_text("Hardly a release", encoding="utf-8")
    outcome = run("report", "in", "--output", "new/report.html")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == (
        "warning: in/short.txt: The text is very short (3 words).\n"
        "warning: in/two.json: gone.txt, the text it was made from, is not there; its facts are shown alone\n"
    )
    page = (folder / "new" / "report.html").read_text(encoding="utf-8")
    assert "Norvik Harbour Names Ada Quill" in page
    assert "The text is not at hand" in page
    assert [path.name for path in (folder / "new").iterdir()] == ["report.html"]


def test_a_release_that_is_given_twice_is_shown_once(run, folder):
    run("extract", "in/one.txt", "--output", "in", "--quiet")
    outcome = run("report", "in/one.txt", "in/one.json", "in", "-o", "report.html", "--verbose")
    assert outcome.code == 0
    assert outcome.err.count("is on the page already") == 3
    assert (folder / "report.html").read_text(encoding="utf-8").count('<article class="release"') == 2


def test_what_cannot_be_read_is_named_and_the_others_are_shown(run, folder):
    outcome = run("report", "in/one.txt", "missing.txt", "-o", "report.html", "--quiet")
    assert (outcome.code, outcome.out, outcome.err) == (1, "", "error: missing.txt: No such file or directory\n")
    assert (folder / "report.html").is_file()


def test_no_page_is_written_when_nothing_can_be_read(run, folder):
    outcome = run("report", "missing.txt", "-o", "report.html")
    assert (outcome.code, outcome.out) == (1, "")
    assert not (folder / "report.html").exists()
    (folder / "empty").mkdir()
    outcome = run("report", "empty", "-o", "report.html")
    assert outcome.code == 2
    assert outcome.err.startswith("error: there is nothing to report")


def test_a_release_is_not_overwritten(run, folder):
    outcome = run("report", "in", "--output", "in/one.txt")
    assert (outcome.code, outcome.out) == (2, "")
    assert "is one of the releases" in outcome.err
    assert (folder / "in" / "one.txt").read_text(encoding="utf-8") == RELEASE


def test_a_page_that_cannot_be_written_is_named(run, folder):
    outcome = run("report", "in/one.txt", "--output", "in/one.txt/report.html", "--quiet")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("error: in/one.txt/report.html: ")
