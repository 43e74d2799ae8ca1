"""The errors pressx raises for what a user can mend; each message is one line that says how."""


class PressxError(Exception):
    """Base of all errors that are a message to the user and not a bug in pressx."""


class ReadingError(PressxError):
    """An input that can't be read as text: missing, forbidden, binary or undecodable."""


class RuleError(PressxError):
    """A rule or lexicon file that does not validate; the message names file and line."""


class ModelError(PressxError):
    """A model file that is missing, damaged or of another version."""
