"""Procurement's desk on a phone, and an interest in a bidder declared, withdrawn and found again."""

from tests import procurement
from tests.builders import World
from tests.journeys.conftest import PHONE, SignIn, Visitor

BROTHER = "My brother-in-law is its director."
WIDEST = """Math.max(document.documentElement.scrollWidth,
    ...[...document.querySelectorAll('tbody th, td, caption')]
        .map((cell) => Math.ceil(cell.getBoundingClientRect().right)))"""


def fits(visitor: Visitor, path: str) -> None:
    """axe finds nothing, and no cell of a table lies off the side, with or without a scroller."""
    visitor.open(path)
    width = visitor.page.evaluate(WIDEST)
    assert width <= PHONE["width"], f"{path} is {width} wide"


def test_the_tables_of_the_desk_fit_a_phone(world: World, sign_in: SignIn) -> None:
    force, card = world.northmoor, procurement.card(world.constable)
    for name in ("Halcyon Fleet Ltd", "Ostlerfield Caterers of Upper Brackwater"):
        payment = procurement.payment(force, name, description="Maintenance of response vehicles")
        procurement.payment(force, name, "1234567.89", description="Tyres, brakes and a gearbox")
        contract = procurement.contract(force, name, outsourced=True)
        tender = procurement.tender(force, name)
        purchase = procurement.purchase(card, 470, merchant=name)
        procurement.purchase(card, 480, merchant=name)
    desk = sign_in(world.procurement_officer, viewport=PHONE)
    at = "/psd/procurement/"
    for page in ("payments", "purchases", "contracts", "tenders", "outsourced"):
        fits(desk, f"{at}{page}/?q=")
    for page, thing in (
        ("payments", payment),
        ("purchases", purchase),
        ("contracts", contract),
        ("tenders", tender),
    ):
        fits(desk, f"{at}{page}/{thing.pk}/")
    desk.open(f"{at}payments/")
    line = desk.page.locator("td[data-label=Amount]", has_text="£1,234,567.89").first
    assert line.is_visible()
    assert line.evaluate("(e) => getComputedStyle(e, '::before').content") == '"Amount"'


def test_an_interest_is_withdrawn_with_a_reason_and_stays_in_sight(
    world: World, sign_in: SignIn
) -> None:
    tender = procurement.tender(world.northmoor, "Halcyon Fleet Ltd")
    procurement.involvement(world.sergeant, tender)
    theirs = sign_in(world.sergeant, viewport=PHONE)
    theirs.press("Your tenders")
    assert theirs.reads("You have not declared yet.")
    theirs.press(f"Declare about the bidders of {tender}")
    theirs.page.get_by_label("An interest in one or more of them").check()
    theirs.fill("Describe the interest", BROTHER)
    theirs.press("Declare")
    theirs.page.get_by_label("No interest in any of them").check()
    theirs.press("Declare")
    assert theirs.reads("Say why you no longer have it")
    theirs.fill("Why do you no longer have the interest that you declared?", "He left in May.")
    theirs.press("Declare")
    theirs.press("Your tenders")
    for text in ("No interest in any bidder", "He left in May.", "Declared before", BROTHER):
        assert theirs.reads(text)
    desk = sign_in(world.procurement_officer)
    desk.open(f"/psd/procurement/tenders/{tender.pk}/")
    for text in ("He left in May.", BROTHER):
        assert text in desk.page.inner_text("#content-main")
