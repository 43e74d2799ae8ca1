"""Sentences whose names are marked by hand, for tests of the components that read names.

`{P:Ann Poe}` is a person, `{O:Northwind}` an organization, `{T:Chief Baker}` a title of the entity model, `{O:Northwind|0.3}`
what the model read with that probability; the key of a person is the last word of the name, that of an organization the
whole of it.
"""

import re

from pressx.layout import segment
from pressx.spans import Mention, write_group
from pressx.tokenization import make_doc

MARK = re.compile(r"\{([POT]):([^{}|]+)(?:\|([\d.]+))?\}")
GROUPS = {"P": ("people", "PERSON"), "O": ("organizations", "ORG"), "T": ("ner", "TITLE")}


def annotate(nlp, marked, issuer=None):
    """Return the doc of a marked text as the components before positions leave it, its names as marked."""
    text, mentions, position = "", {"people": [], "organizations": [], "ner": []}, 0
    for match in MARK.finditer(marked):
        text += marked[position : match.start()]
        group, label = GROUPS[match[1]]
        key = {"P": match[2].split()[-1], "O": match[2], "T": ""}[match[1]]
        mentions[group].append(Mention(len(text), len(text) + len(match[2]), label, "marked", key))
        text, position = text + match[2], match.end()
    text += marked[position:]
    doc = nlp.get_pipe("pressx_sentences")(make_doc(nlp, text, segment(text)))
    for group, found in mentions.items():
        write_group(doc, group, found)
    skeleton = [Mention(0, 1, "ISSUER", "marked", issuer)] if issuer else []
    return write_group(doc, "skeleton", skeleton)


def annotate_read(nlp, marked):
    """Return the doc of a marked text as the entity model leaves it: what is marked is what it has read."""
    text, mentions, probabilities, position = "", [], [], 0
    for match in MARK.finditer(marked):
        text += marked[position : match.start()]
        probability = float(match[3] or 0.99)
        fact = {"support": probability}
        mentions.append(Mention(len(text), len(text) + len(match[2]), GROUPS[match[1]][1], "read", fact=fact))
        probabilities.append(probability)
        text, position = text + match[2], match.end()
    text += marked[position:]
    doc = nlp.get_pipe("pressx_sentences")(make_doc(nlp, text, segment(text)))
    return write_group(doc, "ner", mentions, probabilities=probabilities)
