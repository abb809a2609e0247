"""The head of PSD imports a legacy register from the desk."""

from integrity.casework.models import NilReturn
from registers.gifts.models import Offer
from tests.builders import World
from tests.journeys.conftest import SignIn, Visitor

REGISTER = """Date,Officer,Offered by,Gift,Value,Accepted/Declined
03/02/26,PC Ann Example,Halcyon Fleet Ltd,Lunch,£15-£20,Declined
04/02/26,PC Bo Example,Nobody Knows Ltd,Pen,$40,Accepted
,Custody Suite,Nil return,Nil return,Nil return,Nil return
Total,,,,£35,
"""


def upload(head: Visitor) -> str:
    """As far as the preview; answers what it says."""
    head.open("/psd/import/gifts/")
    head.page.get_by_label("Force", exact=True).select_option(label="Northmoor Police")
    head.page.locator("input[type=file]").set_input_files(
        {"name": "register.csv", "mimeType": "text/csv", "buffer": REGISTER.encode()}
    )
    head.press("Look at the file")
    return head.page.inner_text("body")


def test_a_register_is_previewed_and_imported_once(world: World, sign_in: SignIn) -> None:
    head = sign_in(world.psd_head)
    assert "Nothing has been imported yet." in upload(head)
    assert not Offer.objects.exists()
    head.follow(head.page.get_by_role("button", name="Import", exact=True))
    assert Offer.objects.count() == 2
    assert NilReturn.objects.count() == 1
    assert "Everything in this file is in the register already." in upload(head)
