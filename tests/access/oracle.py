"""Who may open and do what, in the words of DESIGN §2, docs/architecture.md and docs/demo.md.

Nothing here is imported from the code that is judged. Forces and bodies go by their codes: NMR and
EVL share a PSD, HTP has its own. NEC oversees NMR, JNE is the joint body over NMR and EVL, HPA
oversees HTP.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tests.access import boards_oracle
from tests.access.boards_oracle import BODIES, OVERSEEN, codes


class Answer(StrEnum):
    """What a request is told."""

    OPENS = "opens"  # a page, a download, a form that is wrong, or the way on
    WRONG = "opens, and nothing is written"  # a form that they cannot fill in rightly
    ACTS = "acts"  # done, and something is written
    SIGN_IN = "sign in first"
    REFUSED = "refused, with a sentence"
    HIDDEN = "not found"
    NO_METHOD = "method not taken"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody as the documents know them: where they belong, and what they are given, where."""

    home: str = ""  # none: not signed in, or their last day is over
    team: str = ""  # who reports to them directly
    psd: str = ""  # whose cases they review
    heads: str = ""  # whose PSD they head
    owns: str = ""  # whose registers they sign for the force
    oversees: str = ""  # whose registers they sign for an oversight body
    member: str = ""  # of which body they are a governance member
    sits: str = ""  # on whose board they have a seat
    owes: bool = False  # whether a board and a plan ask them to do something
    inspects: str = ""
    administers: str = ""
    leads: str = ""  # whose integrity they lead
    press: str = ""  # in whose press office they work
    buys: str = ""  # in whose procurement they work
    trusted: str = ""  # whose investigations they may read by a grant of their own

    @property
    def reads(self) -> set[str]:
        """Where their role reads every entry. An administrator's reads none, nor a body member's."""
        return codes(self.psd, self.owns, self.inspects)

    @property
    def desk(self) -> set[str]:
        """Whose reference data they see at the desk."""
        return codes(self.psd, self.inspects, self.administers)

    @property
    def enters_desk(self) -> bool:
        """Whether the desk exists for them."""
        return bool(self.desk or codes(self.press, self.trusted, self.buys))

    @property
    def keeps(self) -> set[str]:
        return codes(self.heads, self.administers)


UNIT_HEADS = {"NMR": "sergeant", "HTP": "harbour_sergeant"}  # of a unit of each force

CAST = {
    "signed_out": Actor(),
    "leaver": Actor(),
    "constable": Actor("NMR", owes=True),
    "colleague": Actor("NMR"),
    "sergeant": Actor("NMR", team="constable colleague"),
    "inspector_of_police": Actor("NMR", team="sergeant"),
    "assistant_chief": Actor("NMR", team="inspector_of_police staff_officer"),
    "chief": Actor("NMR", team="deputy_chief assistant_chief"),
    "psd_head": Actor("NMR", team="reviewer", psd="NMR EVL NEC", heads="NMR EVL NEC"),
    "reviewer": Actor("NMR", psd="NMR EVL"),
    "other_reviewer": Actor("EVL", psd="NMR EVL", sits="EVL"),
    "register_owner": Actor("NMR", owns="NMR", sits="NMR"),
    "administrator": Actor("NMR", administers="NMR"),
    "governance_member": Actor("NEC", oversees="NMR", member="NEC"),
    "joint_member": Actor("JNE", oversees="NMR EVL", member="JNE", sits="JNE", owes=True),
    "other_member": Actor("HPA", oversees="HTP", member="HPA", sits="HPA", owes=True),
    "body_member": Actor("NEC", owes=True),
    "inspector": Actor("NEC", inspects="NMR"),
    "press_officer": Actor("NMR", press="NMR"),
    "procurement_officer": Actor("NMR", buys="NMR"),
    "investigation_inspector": Actor("NEC", trusted="NMR", sits="NEC"),
    "eastvale_constable": Actor("EVL", leads="EVL", owes=True),
    "harbour_constable": Actor("HTP", leads="HTP", owes=True),
    "harbour_sergeant": Actor("HTP", team="harbour_constable"),
    "harbour_reviewer": Actor("HTP", psd="HTP", heads="HTP", sits="HTP"),
}
CHIEF_OFFICERS = {"chief", "deputy_chief", "assistant_chief"}
OF_BODY = {actor.member: name for name, actor in CAST.items() if actor.member}
OVER = {"NMR": "NEC", "EVL": "JNE", "HTP": "HPA", **{body: body for body in OVERSEEN}}
# of these relations of a person to a body, all that boards keep is asked for; by members everything
BODY_RELATIONS = {"body over their force", "body beside it", "other body"}

# The relations of a person to a thing, and whose thing stands for each; where there is none, the
# cell does not arise.
RELATIONS = {
    "own": {name: name for name, actor in CAST.items() if name != "signed_out"},
    "typed by them": {
        "constable": "staff_officer",
        "colleague": "staff_officer",
        "sergeant": "staff_officer",
        "inspector_of_police": "staff_officer",
        "assistant_chief": "colleague",
        "chief": "staff_officer",
        "psd_head": "staff_officer",
        "reviewer": "staff_officer",
        "other_reviewer": "eastvale_constable",
        "register_owner": "staff_officer",
        "administrator": "staff_officer",
        "governance_member": "body_member",
        "body_member": "governance_member",
        "inspector": "body_member",
        "press_officer": "staff_officer",
        "procurement_officer": "staff_officer",
        "investigation_inspector": "body_member",
        "eastvale_constable": "other_reviewer",
        "harbour_constable": "harbour_clerk",
        "harbour_sergeant": "harbour_clerk",
        "harbour_reviewer": "harbour_clerk",
    },
    "their team's": {
        "sergeant": "constable",
        "inspector_of_police": "sergeant",
        "assistant_chief": "inspector_of_police",
        "chief": "assistant_chief",
        "psd_head": "reviewer",
        "harbour_sergeant": "harbour_constable",
    },
    "in scope by role": {
        "assistant_chief": "chief",  # a colleague's offer, on which a peer is asked
        "psd_head": "constable",
        "reviewer": "constable",
        "other_reviewer": "constable",
        "register_owner": "constable",
        "administrator": "constable",
        "governance_member": "assistant_chief",  # a chief officer of the force that is overseen
        "joint_member": "assistant_chief",
        "other_member": "harbour_constable",  # of the force overseen
        "inspector": "constable",
        "press_officer": "constable",
        "procurement_officer": "constable",
        "investigation_inspector": "constable",
        "harbour_reviewer": "harbour_constable",
    },
    "same force, no relation": {
        "leaver": "constable",
        "constable": "colleague",
        "colleague": "constable",
        "sergeant": "register_owner",
        "inspector_of_police": "constable",  # reports to their sergeant, so not their team
        "assistant_chief": "constable",
        "chief": "constable",
        "governance_member": "constable",  # of the force overseen, and no chief officer
        "joint_member": "constable",
        "body_member": "governance_member",
        "inspector": "body_member",
        "press_officer": "colleague",
        "procurement_officer": "colleague",
        "investigation_inspector": "body_member",
        "eastvale_constable": "other_reviewer",
        "harbour_constable": "harbour_reviewer",
        "harbour_sergeant": "harbour_reviewer",
    },
    "other force, same department": {
        "leaver": "eastvale_constable",
        "constable": "eastvale_constable",
        "colleague": "eastvale_constable",
        "sergeant": "eastvale_constable",
        "inspector_of_police": "eastvale_constable",
        "assistant_chief": "eastvale_constable",
        "chief": "eastvale_constable",
        "register_owner": "eastvale_constable",
        "administrator": "eastvale_constable",
        "governance_member": "eastvale_constable",
        "body_member": "eastvale_constable",
        "inspector": "eastvale_constable",
        "press_officer": "eastvale_constable",
        "procurement_officer": "eastvale_constable",
        "investigation_inspector": "eastvale_constable",
        "eastvale_constable": "constable",
    },
    "other force": {
        name: "constable" if actor.home in ("HTP", "HPA") else "harbour_constable"
        for name, actor in CAST.items()
    },
    # by its governance member, of whom everything is asked for by other bodies' members
    "body over their force": {
        name: OF_BODY[OVER[actor.home]] for name, actor in CAST.items() if actor.home
    },
    "body beside it": {
        name: OF_BODY["NEC" if OVER[actor.home] == "JNE" else "JNE"]
        for name, actor in CAST.items()
        if actor.home and OVER[actor.home] != "HPA"
    },
    "other body": {
        name: OF_BODY["NEC" if actor.home in ("HTP", "HPA") else "HPA"]
        for name, actor in CAST.items()
    },
    "missing": dict.fromkeys(CAST, ""),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """What an address names, as far as it decides who may have it."""

    home: str  # the force or body whose it is; none: it does not exist
    about: str = ""
    by: str = ""  # who typed, wrote or uploaded it
    asks_peers: bool = False
    register: str = "gifts"  # whose entry it is


NOTHING = Thing(home="")

# Each verb of an offer: whose part it is while the offer is with PSD. "nobody": not at that stage.
# The peers' is of the offer on which peers are asked.
GIFT_VERBS = {
    "declare": "nobody",
    "seek-authorisation": "nobody",
    "peer-review": "peer",
    "authorise": "nobody",
    "refuse-authorisation": "nobody",
    "record-outcome": "nobody",
    "confirm": "principal",
    "approve": "nobody",
    "escalate": "nobody",
    "assign": "PSD",
    "ask": "PSD",
    "answer": "nobody",
    "accept-as-compliant": "PSD without conflict",
    "mark-non-compliant": "PSD without conflict",
    "challenge": "PSD or board",
    "answer-challenge": "nobody",
    "close-challenge": "nobody",
    "reopen": "nobody",
    "correct": "declarant",
    "withdraw": "declarant",
    "record-disposal": "declarant",
}
# Each verb of an interest, while the application is with PSD and its supervisor has been heard.
INTEREST_VERBS = dict.fromkeys(
    "give-view give-hr-view give-vetting-view go-on-without answer approve-as-second "
    "send-back appeal send-papers withdraw-appeal decide-appeal check-condition confirm-condition "
    "follow-up open-review answer-review give-review-view renew vary-conditions revoke "
    "report-change cease reopen answer-challenge close-challenge".split(),
    "nobody",
) | {
    "apply": "made in a draft",
    "ask": "PSD",
    "assign": "PSD",
    "approve": "PSD without conflict",
    "refuse": "PSD without conflict",
    "challenge": "PSD or board",
    "withdraw": "declarant",
    "add-paper": "declarant",
}
# Each verb of a contact that waits for the press office.
CONTACT_VERBS = dict.fromkeys(
    "log route say-what-happened no-contact answer answer-challenge close-challenge".split(),
    "nobody",
) | {
    "confirm": "principal",
    "acknowledge": "press office",
    "correct-names": "press office",
    "link-coverage": "press office",
    "flag-leak": "press office",
    "put-on-the-list": "press office or PSD",
    "ask": "press office or PSD",
    "challenge": "PSD or board",
    "correct": "declarant",
    "withdraw": "declarant",
}
# Each verb of an investigation that continues.
INVESTIGATION_VERBS = dict.fromkeys(
    "open end-restriction return-from-referral recheck reopen".split(), "nobody"
) | dict.fromkeys(
    "assign classify identify suspend refer-out record-post close assess add-referral".split(),
    "PSD without conflict",
)
# Each verb of a match that PSD is asked about: no entry stands behind it to challenge, and nothing
# was decided that could be reopened.
MATCH_VERBS = dict.fromkeys("coincidence known refer".split(), "PSD without conflict") | {
    "challenge": "nobody",
    "reopen": "nobody",
}
VERBS = {
    "gifts": GIFT_VERBS,
    "business_interests": INTEREST_VERBS,
    "media_contacts": CONTACT_VERBS,
    "investigations": INVESTIGATION_VERBS,
    "crosschecks": MATCH_VERBS,
}
DESK_VERBS = {
    "crosschecks": set(MATCH_VERBS),
    "media_contacts": set(
        "acknowledge correct-names link-coverage flag-leak put-on-the-list ask challenge "
        "close-challenge".split()
    ),
    "investigations": set(INVESTIGATION_VERBS) - {"open"},
    "gifts": set(
        "authorise refuse-authorisation assign ask accept-as-compliant mark-non-compliant "
        "challenge close-challenge reopen".split()
    ),
    "business_interests": set(
        "go-on-without ask assign approve approve-as-second send-back refuse check-condition "
        "confirm-condition follow-up open-review renew vary-conditions revoke reopen challenge "
        "close-challenge".split()
    ),
}


def is_declarant(name: str, entry: Thing) -> bool:
    return name in (entry.about, entry.by)


def knows(name: str, thing: Thing) -> bool:
    """What is confidential: PSD and inspectors by grant, never the person or their manager."""
    actor = CAST[name]
    apart = name == thing.about or thing.about in actor.team.split()
    return thing.home in codes(actor.psd, actor.trusted) and not apart


def reads(name: str, entry: Thing) -> bool:
    """The declarant; a role that reads the force; the line manager; who oversees chief officers; a peer.

    Of media contacts the press office, and no line manager.
    """
    if entry.register == "investigations":
        return knows(name, entry)
    if entry.register == "crosschecks":
        return knows(name, entry) and entry.home in codes(CAST[name].psd)
    actor, media = CAST[name], entry.register == "media_contacts"
    return bool(entry.home) and (
        is_declarant(name, entry)
        or entry.home in actor.reads
        or (media and entry.home in codes(actor.press))
        or (not media and entry.about in actor.team.split())
        or (entry.about in CHIEF_OFFICERS and entry.home in codes(actor.oversees))
        or (entry.asks_peers and name in CHIEF_OFFICERS)
    )


def reads_at_desk(name: str, entry: Thing) -> bool:
    """PSD and inspectors, but never their own, which they read as any declarant does."""
    if entry.register == "investigations":
        return knows(name, entry)
    if entry.register == "crosschecks":
        return knows(name, entry) and entry.home in codes(CAST[name].psd)
    actor = CAST[name]
    press = actor.press if entry.register == "media_contacts" else ""
    return entry.home in codes(actor.psd, actor.inspects, press) and not is_declarant(name, entry)


def acts(name: str, entry: Thing, verb: str) -> bool:
    actor, part = CAST[name], VERBS[entry.register][verb]
    works = entry.home in codes(actor.psd) and not is_declarant(name, entry)
    press = entry.home in codes(actor.press) and not is_declarant(name, entry)
    board = entry.about in CHIEF_OFFICERS and entry.home in codes(actor.oversees)
    return {
        "nobody": False,
        "made in a draft": False,
        "declarant": is_declarant(name, entry),
        "principal": name == entry.about != entry.by,
        "peer": entry.asks_peers and name in CHIEF_OFFICERS and name != entry.about,
        "PSD": works,
        "PSD or board": works or (board and not is_declarant(name, entry)),
        "press office": press,
        "press office or PSD": press or works,
        "PSD without conflict": works and entry.about not in actor.team.split(),
    }[part]


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks what of which thing."""

    who: str
    method: str
    rule: str
    takes: str
    thing: Thing
    verb: str = ""

    @property
    def actor(self) -> Actor:
        return CAST[self.who]


def expected(request: Request) -> Answer:
    """What the documents say the request is told."""
    actor, rule = request.actor, request.rule
    if rule == "anybody":
        return Answer.OPENS if request.method in request.takes else Answer.NO_METHOD
    if rule == "anybody, of a log":
        if request.method not in request.takes:
            return Answer.NO_METHOD
        return Answer.OPENS if request.thing.home else Answer.HIDDEN
    if not actor.home:
        return Answer.SIGN_IN
    if rule == "desk's sign-in":
        return Answer.OPENS
    if rule.startswith("desk"):
        return _at_desk(request) if actor.enters_desk else Answer.HIDDEN
    if request.method not in request.takes:
        return Answer.NO_METHOD
    if rule == "took part where something was offered":  # of these contacts nothing was
        return Answer.REFUSED if reads(request.who, request.thing) else Answer.HIDDEN
    if rule == "has a part in it":
        return _verb(request, readable=reads(request.who, request.thing))
    if boards_oracle.part_of(rule):
        return _of_boards(request)
    return Answer.OPENS if ON_SITE[rule](request) else Answer.HIDDEN


ON_SITE: dict[str, Callable[[Request], bool]] = {
    "anybody signed in": lambda r: True,
    "belongs to a force": lambda r: r.actor.home not in BODIES,
    "is a chief officer": lambda r: r.who in CHIEF_OFFICERS,
    "signs or inspects registers": lambda r: bool(
        codes(r.actor.owns, r.actor.oversees, r.actor.inspects)
    ),
    "signs or inspects it": lambda r: (
        r.thing.home in codes(r.actor.owns, r.actor.oversees, r.actor.inspects)
    ),
    "reads the entry": lambda r: reads(r.who, r.thing),
    "its writer": lambda r: r.thing.by == r.who,
    "its recipient": lambda r: r.thing.about == r.who,
    # nobody of this cast has HR's or vetting's role
    "gives HR’s or vetting’s view": lambda r: False,
    "reads refusals": lambda r: bool(
        codes(r.actor.psd, r.actor.owns, r.actor.oversees, r.actor.inspects, r.actor.leads) - BODIES
    ),
    "reads its refusals": lambda r: (
        r.thing.home
        in codes(r.actor.psd, r.actor.owns, r.actor.oversees, r.actor.inspects, r.actor.leads)
    ),
    "their line manager": lambda r: r.thing.about in r.actor.team.split(),
    # what the forces of a department share; the desk is not theirs, so they read it on the site
    "owns registers there": lambda r: bool(codes(r.thing.home) & codes(r.actor.owns)),
    # the head of a unit, or their line manager
    "answers for a unit": lambda r: bool(set(UNIT_HEADS.values()) & {r.who, *r.actor.team.split()}),
    "answers for its unit": lambda r: r.thing.about in {r.who, *r.actor.team.split()},
    "takes it to their board": lambda r: (
        r.thing.about in CHIEF_OFFICERS and r.thing.home in codes(r.actor.oversees)
    ),
    "reads something of boards": lambda r: boards_oracle.reads_some(r.actor),
    "reads that force’s figures on NEC’s board": lambda r: (
        "NEC" in boards_oracle.PARTS["board’s figures"][0](r.actor)
        and r.thing.home in codes(OVERSEEN["NEC"])
    ),
    "reads some figures": lambda r: boards_oracle.reads_any_figures(r.actor),
}


def _of_boards(request: Request) -> Answer:
    thing = request.thing
    told = boards_oracle.may(
        request.actor,
        request.rule,
        home=thing.home,
        owner=bool(thing.about) and thing.about == request.who,
        verb=request.verb,
        post=request.method == "POST",
    )
    return Answer[told.upper()]


def _verb(request: Request, *, readable: bool) -> Answer:
    if not readable or VERBS[request.thing.register].get(request.verb) == "made in a draft":
        return Answer.HIDDEN
    if not acts(request.who, request.thing, request.verb):
        return Answer.REFUSED
    return Answer.ACTS if request.method == "POST" else Answer.OPENS


def _at_desk(request: Request) -> Answer:
    """Whoever has a role of the desk: what their role reaches there."""
    name, actor, thing, rule = request.who, request.actor, request.thing, request.rule
    match rule.removeprefix("desk: "):
        case "nobody":  # whosever it is, and whether it is there or not
            return Answer.REFUSED
        case "queues of investigations":
            return Answer.OPENS if codes(actor.psd, actor.trusted) else Answer.HIDDEN
        case "queues of crosschecks":
            return Answer.OPENS if codes(actor.psd, actor.buys) else Answer.REFUSED
        case queues if queues.startswith("queues of "):
            press = actor.press if queues == "queues of media_contacts" else ""
            works = codes(actor.psd, actor.inspects, press)
            return Answer.OPENS if works else Answer.REFUSED
        case "reads reference data" if not actor.desk:
            return Answer.REFUSED if request.method in request.takes else Answer.NO_METHOD
        case "reads some of it" if not actor.desk:
            return Answer.HIDDEN
        case page if page.removesuffix(" there") in PARTS:
            return _of_a_part(request, page)
        case "has a part in it there":
            readable = reads_at_desk(name, thing) and request.verb in DESK_VERBS[thing.register]
            return _verb(request, readable=readable)
        case "its force" | "its force, a head writes" as whose:
            if not _reached(actor.desk, thing):
                return Answer.HIDDEN
            keeps = actor.keeps if whose == "its force" else codes(actor.heads)
            opens = request.method == "GET" or _reached(keeps, thing)
            return Answer.OPENS if opens else Answer.REFUSED
        case "adds a force":  # the operator does
            return Answer.REFUSED
        case adds if adds.startswith("adds a ") and adds.endswith(", a head writes"):
            return Answer.OPENS if actor.heads else Answer.REFUSED
        case adds if adds.startswith("adds a "):
            return Answer.OPENS if actor.keeps else Answer.REFUSED
        case "heads a PSD" if not actor.heads:
            return Answer.HIDDEN
        case "uploaded it and heads its PSD" if not codes(actor.heads, actor.buys):
            return Answer.HIDDEN
        case "PSD of its force" if not codes(actor.psd, actor.buys):
            return Answer.HIDDEN
    if request.method not in request.takes:
        return Answer.NO_METHOD
    match rule.removeprefix("desk: "):
        case "reads the entry there":
            found = reads_at_desk(name, thing)
        case "uploaded it and heads its PSD":
            found = thing.by == name and thing.home in codes(actor.heads)
        case "PSD of its force":
            found = thing.home in codes(actor.psd)
        case "history of a grant":  # it is on the person's page
            found = False
        case history if history.startswith("history of a "):
            found = _reached(actor.desk, thing)
        case (
            "desk" | "reads reference data" | "reads some of it" | "heads a PSD" | "sent on unseen"
        ):
            found = True
        case _:
            raise LookupError(f"The oracle has no rule “{rule}”.")
    return Answer.OPENS if found else Answer.HIDDEN


# Pages of the desk that are for some of its people and do not exist for the others: whose they are
# to read, and whose to write on.
PARTS: dict[str, tuple[Callable[[Actor], set[str]], Callable[[Actor], set[str]]]] = {
    "the press office's": (lambda a: codes(a.press), lambda a: codes(a.press)),
    "shared by the press office and PSD": (
        lambda a: codes(a.press, a.psd),
        lambda a: codes(a.press, a.psd),
    ),
    "shared, the press office writes": (lambda a: codes(a.press, a.psd), lambda a: codes(a.press)),
    "of the media, the press office writes": (
        lambda a: codes(a.press, a.psd, a.inspects),
        lambda a: codes(a.press),
    ),
    "of the media": (lambda a: codes(a.press, a.psd, a.inspects), lambda a: set()),
    "of investigations": (lambda a: codes(a.psd, a.trusted), lambda a: set()),
    "of investigations, PSD writes": (lambda a: codes(a.psd, a.trusted), lambda a: codes(a.psd)),
    "PSD's": (lambda a: codes(a.psd), lambda a: codes(a.psd)),
    "of organisations": (lambda a: codes(a.psd, a.inspects, a.buys, a.press), lambda a: set()),
    "of procurement": (lambda a: codes(a.psd, a.inspects, a.buys), lambda a: set()),
    "procurement's": (lambda a: codes(a.buys), lambda a: codes(a.buys)),
    "procurement's and PSD's": (
        lambda a: codes(a.psd, a.buys),
        lambda a: codes(a.psd, a.buys),
    ),
    "of nil returns": (lambda a: codes(a.psd, a.inspects), lambda a: set()),
    "of the meeting": (lambda a: codes(a.psd, a.buys, a.press), lambda a: set()),
    "of imports": (lambda a: codes(a.psd, a.buys), lambda a: set()),
    "feeds": (lambda a: codes(a.heads, a.buys), lambda a: codes(a.heads, a.buys)),
}


def _of_a_part(request: Request, page: str) -> Answer:
    """“there” is a page of one thing, which is hidden where its force is not theirs."""
    readers, writers = (of(request.actor) for of in PARTS[page.removesuffix(" there")])
    if not readers:
        return Answer.HIDDEN
    if request.method not in request.takes:
        return Answer.NO_METHOD
    if page.endswith(" there"):
        readers, writers = readers & codes(request.thing.home), writers & codes(request.thing.home)
    if not readers:
        return Answer.HIDDEN
    return Answer.OPENS if request.method == "GET" or writers else Answer.REFUSED


def _reached(homes: set[str], thing: Thing) -> bool:
    """A row of a whole department is within whoever's role reaches one of its forces or bodies."""
    return bool(homes & codes(thing.home))
