"""Sentences made from labels, so that every error says what to do in the same plain words."""

_KEPT_AS_THEY_ARE = {
    *("a", "an", "any", "each", "every", "his", "her", "its", "my", "our", "that", "the"),
    *("their", "this", "which", "whose", "your"),
    *("how", "what", "when", "where", "whether", "who", "why"),
}


def noun_of(label: str) -> str | None:
    """'Date of the offer' becomes 'the date of the offer'. A question has no noun."""
    words = str(label).strip().split()
    if not words or words[-1].endswith("?"):
        return None
    if words[0] == "I" or words[0][1:] == words[0][1:].lower():
        words[0] = words[0] if words[0] == "I" else words[0].lower()
    if words[0] not in _KEPT_AS_THEY_ARE:
        words.insert(0, "the")
    return " ".join(words)


def with_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def within(text: str) -> str:
    """Words as they stand within a sentence: 'Declined' is 'declined', and 'PSD told' stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def listed(things: list[str]) -> str:
    """'a day, a month and a year'."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"
