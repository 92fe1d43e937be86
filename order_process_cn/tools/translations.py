"""Texts that are kept in every language, ``{language: text}``."""


def in_language(texts, lang):
    """Return the text in ``lang``, or in any language where that is absent."""
    if not texts:
        return ""
    return texts.get(lang or "en_US") or next(iter(texts.values()))
