"""The demo world's own rules: policies old and new, checklists, and a notice to suppliers."""

from datetime import timedelta

from integrity.casework.models import ChecklistItem
from registers.demo.data.providers import HALCYON, HALCYON_TRADING_NAME, PROVIDERS
from registers.demo.data.words import CHECKLIST
from registers.demo.policies import standard_policy
from registers.demo.world import World
from registers.gifts.enums import ProviderKind, Refreshments, Route, TeamView
from registers.gifts.models import SupplierNotice, SupplierNoticeRecipient
from registers.organisations.actions import find_or_create
from registers.organisations.models import OrganisationName
from registers.organisations.names import name_key

JOINT_SINCE = 270
NOTICE_DAYS_AGO = 200
NOTICE = (
    "Harbour Transport Police takes no gifts or hospitality from those who supply it or may do so. "
    "Please offer none. Anything sent will be returned, and every offer is recorded."
)


def make_rules(world: World) -> None:
    long_ago = world.today - timedelta(days=1200)
    nmr, evl, htp = (world.forces[code] for code in ("NMR", "EVL", "HTP"))
    standard_policy(
        nmr,
        effective_from=long_ago,
        title="Northmoor gifts policy (second edition)",
        accepted=((0, Route.RECORD), (20, Route.SUPERVISOR), (50, Route.PSD), (200, Route.REFUSE)),
        report_within_days=28,
        cumulative_count=5,
        psd_provider_kinds=[ProviderKind.PROSPECTIVE_SUPPLIER],
    )
    standard_policy(
        evl,
        effective_from=long_ago,
        title="Eastvale gifts and gratuities procedure",
        accepted=((0, Route.RECORD), (15, Route.SUPERVISOR), (40, Route.PSD), (150, Route.REFUSE)),
        report_within_days=14,
        light_refreshments=Refreshments.NOT_REQUIRED,
    )
    standard_policy(
        nmr.department,
        joint_forces=(nmr, evl),
        effective_from=world.today - timedelta(days=JOINT_SINCE),
        title="Alliance gifts and hospitality policy",
        report_within_days=14,
        peer_reviews_needed=2,
        supervisor_sees=TeamView.ALL,
    )
    standard_policy(
        htp,
        effective_from=long_ago,
        title="Harbour no-gifts policy",
        accepted=((0, Route.RECORD), (10, Route.SUPERVISOR), (30, Route.PSD), (75, Route.REFUSE)),
        requires_authorisation=True,
        report_within_days=7,
        light_refreshments=Refreshments.COUNT,
        light_refreshments_up_to=5,
    )
    for body in world.bodies.values():
        standard_policy(
            body, effective_from=long_ago, title=f"Register of offers, {body.name}"[:120]
        )
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            force=force, register="gifts", text=text, position=position, effective_from=long_ago
        )
        for force in world.forces.values()
        for position, text in enumerate(CHECKLIST, start=1)
    )
    _tell_suppliers(world)
    _name_halcyon(world)


def _tell_suppliers(world: World) -> None:
    force = world.forces["HTP"]
    dated = world.today - timedelta(days=NOTICE_DAYS_AGO)
    notice = SupplierNotice.objects.create(
        force=force, title="No gifts, please", text=NOTICE, dated=dated
    )
    suppliers = (
        name
        for kind in (ProviderKind.CONTRACTOR, ProviderKind.PROSPECTIVE_SUPPLIER)
        for name, forces in PROVIDERS[kind]
        if "HTP" in forces
    )
    for days, name in enumerate(suppliers):
        SupplierNoticeRecipient.objects.create(
            notice=notice,
            organisation=find_or_create(name=name, department=force.department),
            sent_on=dated + timedelta(days=days % 3),
        )


def _name_halcyon(world: World) -> None:
    department = world.forces["NMR"].department
    OrganisationName.objects.create(
        organisation=find_or_create(name=HALCYON, department=department),
        department=department,
        name=HALCYON_TRADING_NAME,
        key=name_key(HALCYON_TRADING_NAME),
    )
