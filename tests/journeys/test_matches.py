"""An analyst's morning: a workbook imported, matches opened, two spellings made one and two again."""

from io import BytesIO

import xlsxwriter
from django.utils import timezone

from integrity.casework.models import Referral
from registers.crosschecks.enums import Check
from registers.crosschecks.models import Match
from registers.organisations.models import MergeSuggestion, Organisation
from registers.procurement.models import Payment
from tests import matches, procurement
from tests.builders import TODAY, World
from tests.journeys.conftest import DESKTOP, PHONE, SignIn, Visitor

HALCYON = procurement.HALCYON


def workbook(*rows: tuple[str, str, float]) -> bytes:
    """Spend as a force publishes it."""
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("November")
        for number, row in enumerate((("Date", "Supplier", "Amount"), *rows)):
            sheet.write_row(number, 0, row)
    return held.getvalue()


def fits(visitor: Visitor) -> None:
    """axe finds nothing on a wide page or on a phone, where nothing is cut off at the side."""
    visitor.look()
    visitor.page.set_viewport_size(PHONE)
    visitor.look()
    width = visitor.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], f"{visitor.page.url} is {width} wide"
    visitor.page.set_viewport_size(DESKTOP)


def lunch_and_contract(world: World, name: str, *, contract: str) -> None:
    """Somebody of the force is taken to lunch by a firm that wins a contract a month later."""
    matches.lunch(world.constable, by=name)
    procurement.contract(world.northmoor, name, title=contract, awarded_on=TODAY)


def test_an_analyst_imports_spend_and_decides_what_the_checks_found(
    world: World, sign_in: SignIn
) -> None:
    lunch_and_contract(world, HALCYON, contract="Response vehicles")
    lunch_and_contract(world, "Gilded Heron", contract="Catering")
    head = sign_in(world.psd_head)
    head.open("/psd/import/spend/")
    fits(head)
    head.page.get_by_label("Force", exact=True).select_option(label="Northmoor Police")
    day = f"{TODAY:%d/%m/%Y}"
    content = workbook((day, "HALCYON FLEET LTD", 1250.5), (day, "THIRD PARTY CLAIM", 700))
    head.page.locator("input[type=file]").set_input_files(
        {"name": "spend.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    head.press("Look at the file")
    head.follow(head.page.get_by_role("button", name="Import", exact=True))
    assert sorted(Payment.objects.values_list("redacted", flat=True)) == [False, True]

    matches.run(world.northmoor)
    award = Match.objects.filter(check_name=Check.OFFER_BEFORE_AWARD)
    coincidence = award.get(contract__title="Catering")
    lunch = award.get(contract__title="Response vehicles")
    reviewer = sign_in(world.reviewer)
    reviewer.open("/psd/matches/")
    fits(reviewer)
    reviewer.press(str(coincidence.sentence))
    fits(reviewer)
    reviewer.press("Coincidence")
    reviewer.fill("Why?", "The canteen of the county hall, where everybody eats.")
    reviewer.press("Coincidence")
    coincidence.refresh_from_db()
    assert coincidence.disposition == "coincidence"

    reviewer.open("/psd/matches/")
    assert str(coincidence.sentence) not in reviewer.page.inner_text("body")
    reviewer.press(str(lunch.sentence))
    reviewer.press("Refer for investigation")
    fits(reviewer)
    reviewer.fill("Why?", "The lunch came before the contract.")
    reviewer.press("Refer for investigation")
    referral = Referral.objects.get()
    assert lunch.sentence in referral.reason, "nothing is typed twice"
    reviewer.open("/psd/referrals/")
    assert referral.about in reviewer.page.inner_text("body")


def test_two_spellings_are_made_one_and_two_again(world: World, sign_in: SignIn) -> None:
    one = procurement.organisation(HALCYON, department=world.alliance_psd)
    other = procurement.organisation("Halcyon Flett", department=world.alliance_psd)
    matches.suggestion(one, other)
    reviewer = sign_in(world.reviewer)
    reviewer.open("/psd/merge-suggestions/")
    fits(reviewer)
    reviewer.press("The same")
    assert MergeSuggestion.objects.get().ruling == "same"
    merged = Organisation.objects.exclude(merged_into=None).get()
    reviewer.open(f"/psd/organisations/{merged.root_id}/")
    fits(reviewer)
    reviewer.follow(reviewer.page.get_by_role("link", name="Un-merge"))
    reviewer.page.get_by_role("textbox").first.fill("Two firms after all.")
    reviewer.press("Un-merge them")
    assert not Organisation.objects.exclude(merged_into=None).exists()


def test_an_officer_is_told_of_the_contract_while_declaring(world: World, sign_in: SignIn) -> None:
    procurement.contract(world.northmoor, HALCYON, awarded_on=timezone.localdate())
    officer = sign_in(world.constable, viewport=PHONE)
    officer.open("/gifts/quick/")
    field = officer.page.get_by_label("Who offered it?", exact=True)
    field.fill(HALCYON)
    field.blur()
    told = officer.page.get_by_text("contract with the force")
    told.wait_for()
    officer.look()
    assert "ask PSD first" in officer.page.inner_text("main")
