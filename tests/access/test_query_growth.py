"""No page of suppliers, matches, imports, boards or figures asks the database more for more rows.

The inventory is the URL resolver's, as tests/access/routes.py reads it: a page without an address
here fails first. Forms are asked for too, so that nobody has to judge what is a list.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from pytest_django import DjangoDbBlocker

from integrity.people.enums import Role
from integrity.people.models import User
from registers.procurement.admin import contracts as pages_of_contracts
from registers.procurement.models import Contract
from registers.procurement.reads import contracts_of
from tests.access.board_addresses import OF_BOARDS, PREFIXES
from tests.access.growing import HALCYON, Growing
from tests.access.routes import PAGES, routes
from tests.builders import read_anew
from tests.plugins.kept_world import KeptWorld

FEW, MANY = 2, 6
OURS = (
    "organisations:",
    "procurement:",
    "psd:crosschecks",
    "psd:import_",
    "psd:meeting-pack",
    "psd:organisations",
    "psd:procurement",
    *PREFIXES,
)
NOBODY = "desk: nobody"
type Address = Callable[[Growing], str]


def desk(path: str, **names: Callable[[Growing], object]) -> Address:
    """A page of the desk; what its address names is read once it is there."""
    return lambda g: f"/psd/{path.format(**{name: of(g) for name, of in names.items()})}"


def supplier(page: str) -> Address:
    return desk(f"organisations/{{pk}}/{page}", pk=lambda g: g.halcyon.pk)


def bought(page: str, of: str) -> Address:
    return desk(f"procurement/{page}", pk=lambda g: getattr(g, of).pk)


def record(of: str, page: str = "change/") -> Address:
    """A page of a row of reference data."""
    name = SHORT[of]
    return desk(f"{of}/{{pk}}/{page}", pk=lambda g: getattr(g, name).pk)


SHORT = {
    "crosschecks/checksetting": "setting",
    "crosschecks/match": "match",
    "organisations/organisation": "halcyon",
}
# Each page: who asks for it, and where. With an asterisk it is a list, which shows more when there is more.
ADDRESSES: Mapping[str, tuple[str, Address]] = {
    "organisations:suggest": ("constable", lambda g: "/organisations/suggest/?q=halcyon"),
    "organisations:facts": ("constable", lambda g: f"/organisations/facts/?q={HALCYON}&for=gifts"),
    "organisations:page*": ("register_owner", lambda g: f"/organisations/{g.halcyon.pk}/"),
    "procurement:cards*": ("colleague", lambda g: "/cards/"),
    "procurement:justify": ("colleague", lambda g: f"/cards/{g.purchase.pk}/"),
    "procurement:tenders*": ("constable", lambda g: "/tenders/"),
    "procurement:declare*": ("constable", lambda g: f"/tenders/{g.tender.pk}/declare/"),
    "psd:crosschecks-matches*": ("other_reviewer", desk("matches/?queue=all")),
    "psd:crosschecks_match_changelist*": ("psd_head", desk("crosschecks/match/?queue=psd")),
    "psd:crosschecks_match_change*": ("other_reviewer", record("crosschecks/match")),
    "psd:crosschecks_match_verb": ("other_reviewer", record("crosschecks/match", "challenge/")),
    "psd:crosschecks-checks": ("psd_head", desk("checks/")),
    "psd:crosschecks_checksetting_changelist*": ("psd_head", desk("crosschecks/checksetting/")),
    "psd:crosschecks_checksetting_add": (
        "psd_head",
        desk("crosschecks/checksetting/add/?check_name=card_split"),
    ),
    "psd:crosschecks_checksetting_change": ("psd_head", record("crosschecks/checksetting")),
    "psd:crosschecks_checksetting_history": (
        "psd_head",
        record("crosschecks/checksetting", "history/"),
    ),
    "psd:meeting-pack*": ("psd_head", desk("meeting-pack/?force=NMR&quarter=2026-2")),
    "psd:meeting-pack-file*": (
        "other_reviewer",
        desk("meeting-pack/xlsx/?force=NMR&quarter=2026-2"),
    ),
    "psd:import_batches*": ("procurement_officer", desk("import/batches/")),
    "psd:import_batch*": (
        "procurement_officer",
        desk("import/batches/{pk}/", pk=lambda g: g.batch.pk),
    ),
    "psd:import_original": (
        "procurement_officer",
        desk("import/batches/{pk}/original/", pk=lambda g: g.batch.pk),
    ),
    "psd:import_file*": ("procurement_officer", desk("import/files/{pk}/", pk=lambda g: g.upload)),
    "psd:import_spend*": ("procurement_officer", desk("import/spend/")),
    "psd:import_cards*": ("procurement_officer", desk("import/cards/")),
    "psd:import_contracts*": ("procurement_officer", desk("import/contracts/")),
    "psd:import_gifts": ("psd_head", desk("import/gifts/")),
    "psd:import_business_interests": ("psd_head", desk("import/business_interests/")),
    "psd:import_media_contacts": ("psd_head", desk("import/media_contacts/")),
    "psd:organisations-page*": ("other_reviewer", supplier("")),
    "psd:organisations-name": ("other_reviewer", supplier("name/")),
    "psd:organisations-parent": ("other_reviewer", supplier("parent/")),
    "psd:organisations-note": ("other_reviewer", supplier("note/")),
    "psd:organisations-merge*": ("other_reviewer", supplier("merge/?q=Alder")),
    "psd:organisations-unmerge": (
        "other_reviewer",
        desk("merges/{pk}/undo/", pk=lambda g: g.merge.pk),
    ),
    "psd:organisations-suggestions*": ("other_reviewer", desk("merge-suggestions/")),
    "psd:organisations_organisation_changelist*": (
        "other_reviewer",
        desk("organisations/organisation/"),
    ),
    "psd:organisations_organisation_add": (
        "administrator",
        desk("organisations/organisation/add/"),
    ),
    "psd:organisations_organisation_change*": (
        "administrator",
        record("organisations/organisation"),
    ),
    "psd:organisations_organisation_history": (
        "administrator",
        record("organisations/organisation", "history/"),
    ),
    "psd:procurement-contracts*": ("procurement_officer", desk("procurement/contracts/")),
    "psd:procurement-contract*": (
        "procurement_officer",
        bought("contracts/{pk}/", "contract"),
    ),
    "psd:procurement-outsourcing": (
        "procurement_officer",
        bought("contracts/{pk}/outsourcing/", "contract"),
    ),
    "psd:procurement-contract-involve": (
        "procurement_officer",
        bought("contracts/{pk}/people/add/", "contract"),
    ),
    "psd:procurement-contractor-add": (
        "procurement_officer",
        bought("contracts/{pk}/contractors/add/", "contract"),
    ),
    "psd:procurement-contractor-end": (
        "procurement_officer",
        bought("contractors/{pk}/end/", "person"),
    ),
    "psd:procurement-involvement-end": (
        "procurement_officer",
        bought("people/{pk}/end/", "involved"),
    ),
    "psd:procurement-outsourced*": ("other_reviewer", desk("procurement/outsourced/")),
    "psd:procurement-tenders*": ("other_reviewer", desk("procurement/tenders/")),
    "psd:procurement-tender*": ("other_reviewer", bought("tenders/{pk}/", "tender")),
    "psd:procurement-tender-involve": (
        "procurement_officer",
        bought("tenders/{pk}/people/add/", "tender"),
    ),
    "psd:procurement-bidder-add": (
        "procurement_officer",
        bought("tenders/{pk}/bidders/add/", "tender"),
    ),
    "psd:procurement-payments*": ("other_reviewer", desk("procurement/payments/")),
    "psd:procurement-payment*": ("other_reviewer", bought("payments/{pk}/", "payment")),
    "psd:procurement-purchases*": ("other_reviewer", desk("procurement/purchases/?state=")),
    "psd:procurement-purchase*": ("other_reviewer", bought("purchases/{pk}/", "purchase")),
    "psd:procurement-purchase-verb": (
        "other_reviewer",
        bought("purchases/{pk}/find-not-right/", "purchase"),
    ),
}
# What other pages say of these: purchases to justify, tenders to declare about, what waits.
BESIDES: Mapping[str, tuple[str, Address]] = {
    "home": ("constable", lambda g: "/"),
    "psd:index": ("other_reviewer", desk("")),
    "psd:index for procurement": ("procurement_officer", desk("")),
    "psd:crosschecks-matches for procurement": ("procurement_officer", desk("matches/?queue=all")),
    "psd:organisations-page for procurement": ("procurement_officer", supplier("")),
    "psd:gifts_offer_change": (
        "other_reviewer",
        desk("gifts/offer/{pk}/change/", pk=lambda g: g.match.case.offer.pk),
    ),
}
CASES = {**ADDRESSES, **OF_BOARDS, **BESIDES}
PLANTED = "contracts, each of which asks for its suppliers"


@dataclass(frozen=True, slots=True)
class Asked:
    """How many questions a page took, and how long its answer was."""

    queries: int
    length: int


def pages() -> set[str]:
    """Every page of these applications that can be looked at."""
    get_resolver().url_patterns  # noqa: B018 - which loads the desk
    named = {route.key for route in routes() if route.key.startswith(OURS)}
    return {key for key in named if "GET" in PAGES[key].takes and PAGES[key].who != "desk: nobody"}


def test_every_page_has_an_address_here() -> None:
    here = {name.removesuffix("*") for name in {**ADDRESSES, **OF_BOARDS}}
    missing, gone = sorted(pages() - here), sorted(here - pages())
    assert not missing, f"Give an address in ADDRESSES to {', '.join(missing)}."
    assert not gone, f"Nothing is at {', '.join(gone)} any more."


@pytest.fixture(scope="module")
def asked(
    kept_world: KeptWorld,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Mapping[int, Mapping[str, Asked]]]:
    """Each page, asked for with few rows and with many."""
    folder: Path = tmp_path_factory.mktemp("media")
    storages = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(folder)}},
    }
    with django_db_blocker.unblock(), override_settings(STORAGES=storages), transaction.atomic():
        growing = Growing(kept_world.copy())
        look = Looking(growing)
        growing.grow(FEW)
        look.around()  # and what is asked once for all is asked
        few = look.at_all()
        growing.grow(MANY)
        yield {FEW: few, MANY: look.at_all()}
        transaction.set_rollback(True)


def one_by_one(user: User, *roles: Role) -> QuerySet[Contract]:
    """The planted fault: each contract asks for its own suppliers."""
    return contracts_of(user, *roles).prefetch_related(None)


class Looking:
    """Everybody's browser."""

    def __init__(self, growing: Growing) -> None:
        self.growing = growing
        self.clients: dict[str, Client] = {}

    def at_all(self) -> dict[str, Asked]:
        found = {name: self.at(who, address) for name, (who, address) in CASES.items()}
        with pytest.MonkeyPatch.context() as planted:
            planted.setattr(pages_of_contracts, "contracts_of", one_by_one)
            return {**found, PLANTED: self.at(*CASES["psd:procurement-contracts*"])}

    def around(self) -> None:
        for who in {who for who, _ in CASES.values()}:
            self.at(who, lambda g: "/")

    def at(self, who: str, address: Address) -> Asked:
        if who not in self.clients:
            self.clients[who] = client_of(read_anew(getattr(self.growing.world, who)))
        path = address(self.growing)
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as queries:
            answer = self.clients[who].get(path)
            content = b"".join(answer)
        assert answer.status_code == 200, f"{who}: {path} answered {answer.status_code}"
        return Asked(len(queries), len(content))


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
    return client


@pytest.mark.parametrize("name", CASES)
def test_it_asks_as_often_for_many_rows_as_for_few(
    name: str, asked: Mapping[int, Mapping[str, Asked]]
) -> None:
    few, many = asked[FEW][name], asked[MANY][name]
    assert many.queries == few.queries
    if name.endswith("*"):
        assert many.length > few.length, "a list shows more of more"


def test_without_reading_the_suppliers_at_once_the_test_above_turns_red(
    asked: Mapping[int, Mapping[str, Asked]],
) -> None:
    assert asked[MANY][PLANTED].queries > asked[FEW][PLANTED].queries
