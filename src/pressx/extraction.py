"""The program: segment, annotate, assemble."""

from spacy.language import Language

from pressx.assembly import assemble
from pressx.language import check_language
from pressx.layout import segment
from pressx.reading import Source
from pressx.records import Release
from pressx.tokenization import check_surrogates, make_doc


def extract(nlp: Language, source: Source, date: str | None = None) -> Release:
    """Return the record of one release; the source's date, else `date` (ISO day), supplies one that its text lacks."""
    layout = segment(source.text)
    doc = nlp(make_doc(nlp, source.text, layout, source.date or date))
    warnings = (check(source.text) for check in (check_language, check_surrogates))
    return assemble(doc, source, [warning for warning in warnings if warning])
