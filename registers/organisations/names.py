"""When two spellings are one organisation: the key that ignores case, punctuation and legal form."""

import re
import unicodedata

LEGAL_FORMS = frozenset(
    "ltd limited plc llp lp inc incorporated corp corporation llc cic cio co company gmbh".split()
)


def name_key(name: str) -> str:
    """What two spellings of one name share: 'Halcyon Fleet Ltd.' and 'HALCYON FLEET' are equal.

    A name made of nothing but legal forms keeps them, so that no key is empty where a name is not.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    plain = re.sub("['’‘`]", "", plain.replace("&", " and "))
    words = re.findall(r"[^\W_]+", plain)
    # 'p.l.c.' and 'B.B.C.' arrive as single letters: join each run of them
    joined = re.sub(
        r"\b[^\W_](?: [^\W_]\b)+", lambda run: run[0].replace(" ", ""), " ".join(words)
    ).split()
    core = list(joined)
    while core and core[-1] in LEGAL_FORMS:
        core.pop()
    if core and core[0] == "the":
        core = core[1:] or core
    return " ".join(core or joined) or name.strip().casefold()


def person_key(name: str) -> str:
    """What two spellings of one person's name share: case, titles' dots and spaces are ignored."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold())
    titles = {"mr", "mrs", "ms", "miss", "dr", "sir"}
    core = words[1:] if len(words) > 1 and words[0] in titles else words
    return " ".join(core) or name.strip().casefold()
