"""Money: amounts as written, with their number and currency, and the purpose a sentence states."""

import re

from pressx.rules import RuleSet

SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "mm": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9,
          "trillion": 1e12, "crore": 1e7, "lakh": 1e5}  # fmt: skip
NUMBER = r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?"
SCALE = r"thousand|million|billion|trillion|crore|lakh|mn|bn|mm|k|m|b"


class MoneyGrammar:
    """Reads amounts of money; the words for currencies come from the lexicons `currency_codes` and `currency_words`."""

    def __init__(self, rules: RuleSet) -> None:
        self.signs = read_pairs(rules.lexicons["currency_signs"])
        self.words = read_pairs(rules.lexicons["currency_words"])
        signs = "|".join(re.escape(sign) for sign in sorted(self.signs, key=lambda sign: (-len(sign), sign)))
        words = "|".join(re.escape(word) for word in sorted(self.words, key=lambda word: (-len(word), word)))
        self.amount = re.compile(
            rf"(?<![\w$])(?:(?P<sign>{signs}) ?(?P<first>{NUMBER})(?:[ -]?(?P<first_scale>{SCALE})(?![a-z]))?"
            rf"|(?P<second>{NUMBER})(?: ?(?P<second_scale>{SCALE}))? (?P<word>{words})(?![a-z]))",
            re.IGNORECASE,
        )

    def find(self, folded: str, start: int, end: int) -> dict[str, object] | None:
        """Return the first amount of an interval as {span, amount, currency}."""
        match = self.amount.search(folded, start, end)
        if match is None:
            return None
        number = float((match["first"] or match["second"]).replace(",", ""))
        scale = (
            SCALES[(match["first_scale"] or match["second_scale"] or "").lower()]
            if (match["first_scale"] or match["second_scale"])
            else 1.0
        )
        currency = self.signs.get((match["sign"] or "").lower()) or self.words.get((match["word"] or "").lower())
        return {"span": [match.start(), match.end()], "amount": round(number * scale, 2), "currency": currency}


def read_pairs(lines: frozenset[str]) -> dict[str, str]:
    """Return {form: code} of lexicon lines such as "US$ USD"."""
    return {form.lower(): code for form, code in (line.rsplit(" ", 1) for line in lines)}
