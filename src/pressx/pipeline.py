"""The pipeline: which components read a release, in which order."""

from spacy.language import Language
from spacy.util import get_lang_class

from pressx.rules import load_rules
from pressx.tokenization import cut_glued_words

# Read top to bottom: each component may use the span groups of those above it and writes its own.
COMPONENTS = (
    "pressx_sentences",
    "pressx_ner",
    "pressx_dates",
    "pressx_people",
    "pressx_organizations",
    "pressx_skeleton",
    "pressx_positions",
    "pressx_quotations",
    "pressx_agreements",
    "pressx_contacts",
)


def load(rules: str | None = None, model: str | None = None, *, threads: int = 0) -> Language:
    """Return the pressx pipeline.

    `rules` is a folder of the user's own rules and lexicons, which win over ours; `model` is a folder with an entity
    model trained by the user; `threads` read a text together, 0 stand for all cores. Raises RuleError when a rule does
    not validate and ModelError when a model is missing or damaged.
    """
    nlp = get_lang_class("en")()
    cut_glued_words(nlp)
    given = {"rules": rules, "path": model, "threads": threads}
    for name in COMPONENTS:
        takes = nlp.get_factory_meta(name).default_config or {}
        nlp.add_pipe(name, config={option: value for option, value in given.items() if option in takes})
    load_rules(rules).compile(nlp.vocab)
    return nlp
