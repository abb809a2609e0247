"""Importing the files of feeds at the desk: look first, then import; long files by the worker."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from integrity.casework.actions import import_uploads as uploads
from integrity.casework.actions.import_uploads import PATIENCE, import_queued, is_under_way
from integrity.casework.models import ImportBatch, ImportUpload
from integrity.people.enums import Role
from integrity.people.models import User
from registers.organisations.models import Organisation
from registers.procurement.models import Card, Contract, Payment
from tests.builders import NOW, World, grant
from tests.registers.procurement.feeds import CARDS, PURCHASES, SPEND, bring, package, release

pytestmark = pytest.mark.usefixtures("media")


class Desk:
    """Somebody at the desk, and what they do there."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")

    def get(self, name: str, *args: Any) -> Any:
        return self.client.get(reverse(f"admin:{name}", args=args))

    def post(self, name: str, *args: Any, **data: Any) -> Any:
        return self.client.post(reverse(f"admin:{name}", args=args), data)

    def send(self, feed: str, force: Any, content: str | bytes, name: str) -> Any:
        data = content.encode() if isinstance(content, str) else content
        file = SimpleUploadedFile(name, data)
        return self.post(f"import_{feed}", file=file, force=force.pk)

    def upload(self, feed: str, force: Any, content: str | bytes, name: str) -> ImportUpload:
        answer = self.send(feed, force, content, name)
        assert answer.status_code == 302, answer.content.decode()
        return ImportUpload.objects.latest("uploaded_at")


@pytest.fixture
def buyer(world: World) -> Desk:
    return Desk(world.procurement_officer)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def long_spend(rows: int = uploads.LONG_FILE) -> str:
    made = (f"03/03/2026,Supplier {n % 50},{n}.10,Pens,PY-{n}" for n in range(rows))
    return "\n".join([SPEND.splitlines()[0], *made])


def test_spend_is_looked_at_then_imported(world: World, buyer: Desk) -> None:
    bad = SPEND + "31/02/2026,Acme,10,Pens,PY-1006\n"
    upload = buyer.upload("spend", world.northmoor, bad, "spend.csv")
    shown = buyer.get("import_file", upload.pk)
    told = shown.context["told"]
    assert (told["imported"], told["total"], len(told["refused"])) == (4, "1130.00", 1)
    assert shown.context["rows"][0] == [
        "2", "3 March 2026", "Halcyon Fleet Ltd", "£1,200.50", "Servicing", "PY-1001", "New",
    ]  # fmt: skip
    assert shown.context["form"]["supplier"].value() == "Supplier"
    assert "£1,130.00" in text(shown)
    assert not Payment.objects.exists()

    answer = buyer.post("import_take", upload.pk)
    batch = ImportBatch.objects.get()
    assert answer.url == reverse("admin:import_batch", args=[batch.pk])
    assert Payment.objects.count() == 4
    page = text(buyer.get("import_batch", batch.pk))
    assert "Refused rows (1)" in page
    original = buyer.get("import_original", batch.pk)
    assert b"".join(original.streaming_content) == bad.encode()
    assert buyer.post("import_take", upload.pk).url == answer.url


def test_a_corrected_file_shows_what_it_would_change_and_did(world: World, buyer: Desk) -> None:
    bring("spend", world.northmoor, SPEND)
    corrected = SPEND.replace('"1,200.50"', "1250.50")
    upload = buyer.upload("spend", world.northmoor, corrected, "spend.csv")
    shown = buyer.get("import_file", upload.pk)
    change = ["2", "Halcyon Fleet Ltd, £1,200.50", "Amount", "£1,200.50", "£1,250.50"]
    assert shown.context["changes"] == [change]
    assert shown.context["rows"][0][-1] == "Changed"
    done = buyer.client.post(reverse("admin:import_take", args=[upload.pk]), follow=True)
    assert done.context["changes"] == [change]
    captions = [part.split("<")[0] for part in text(done).split('govuk-table__caption--m">')[1:]]
    assert captions == ["Warnings (1)", "What it changed"]
    assert "<h2>What it changed" not in text(done)

    again = buyer.upload("spend", world.northmoor, corrected, "spend.csv")
    assert "in the register already" in text(buyer.get("import_file", again.pk))
    assert buyer.post("import_take", again.pk).url == reverse("admin:import_spend")


def test_what_would_change_is_in_pounds_and_days_and_names_its_contract(
    world: World, buyer: Desk
) -> None:
    heading = "Contract reference,Title,Supplier,Award date,Value,Status\n"
    bring("contracts", world.northmoor, f"{heading}C-1,Towing,Halcyon,,125500.50,Live\n")
    corrected = f"{heading}C-1,Towing,Halcyon,28/02/2026,130000,Cancelled\n"
    upload = buyer.upload("contracts", world.northmoor, corrected, "contracts.csv")
    changes = [
        ["2", "Towing", "Status", "Awarded", "Cancelled"],
        ["2", "Towing", "Day of the award", "Nothing", "28 February 2026"],
        ["2", "Towing", "Amount", "£125,500.50", "£130,000.00"],
    ]
    shown = buyer.get("import_file", upload.pk)
    assert shown.context["changes"] == changes
    done = buyer.client.post(reverse("admin:import_take", args=[upload.pk]), follow=True)
    assert done.context["changes"] == changes


def test_columns_that_are_not_read_are_said_and_chosen_above_the_rows(
    world: World, buyer: Desk
) -> None:
    file = (
        "Date,Supplier,Amount,What it is,Companies House,Fund code,Notes\n"
        "03/03/2026,Halcyon Fleet Ltd,5,Servicing,1234567,F1,Urgent\n"
    )
    upload = buyer.upload("spend", world.northmoor, file, "spend.csv")
    answer = buyer.get("import_file", upload.pk)
    shown = text(answer)
    assert "Not read: Fund code, Notes." in shown
    assert shown.index("Which column is which") < shown.index("The rows as they will be read")
    form = answer.context["form"]
    chosen = [form[name].value() for name in ("description", "company_number")]
    assert chosen == ["What it is", "Companies House"]
    buyer.post("import_take", upload.pk)
    batch = ImportBatch.objects.get()
    assert batch.result["not_read"] == ["Fund code", "Notes"]
    assert "Not read: Fund code, Notes." in text(buyer.get("import_batch", batch.pk))
    assert Organisation.objects.get().company_number == "01234567"


def test_another_limit_alone_can_be_imported(world: World, buyer: Desk) -> None:
    heading = "Date,Card,Cardholder,Merchant,Amount,Transaction No,Limit\n"
    bought = f"02/03/2026,4417,{world.constable.name},Brook Stationers,40,TX-1"
    bring("cards", world.northmoor, f"{heading}{bought},500\n")
    upload = buyer.upload("cards", world.northmoor, f"{heading}{bought},750\n", "cards.csv")
    buyer.post("import_take", upload.pk)
    assert Card.objects.get().single_limit == 750


def test_contracts_come_as_json_which_has_no_columns_to_choose(world: World, buyer: Desk) -> None:
    upload = buyer.upload("contracts", world.northmoor, package(release()), "c.json")
    shown = buyer.get("import_file", upload.pk)
    assert (shown.context["form"], shown.context["told"]["awards"]) == (None, 1)
    buyer.post("import_take", upload.pk)
    assert Contract.objects.get().title == "Patrol cars"


def test_cards_and_purchases_show_whose_they_are(world: World, buyer: Desk) -> None:
    person = {"number": world.constable.number, "name": world.constable.name}
    for content in (CARDS, PURCHASES):
        upload = buyer.upload("cards", world.northmoor, content.format(**person), "cards.csv")
        assert world.constable.display in text(buyer.get("import_file", upload.pk))
        assert buyer.post("import_take", upload.pk).status_code == 302
    assert ImportBatch.objects.count() == 2


@pytest.mark.parametrize(
    ("feed", "name", "content", "sentence"),
    [
        ("spend", "s.pdf", b"%PDF", "is not a spreadsheet we read"),
        ("spend", "s.xlsx", b"a,b", "is not a workbook inside"),
        ("contracts", "c.json", b'{"releases": [', "c.json"),
        ("contracts", "c.json", b"\x00\xff", "c.json"),
        ("cards", "c.csv", b" ", "c.csv is empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence(
    world: World, buyer: Desk, feed: str, name: str, content: bytes, sentence: str
) -> None:
    answer = buyer.send(feed, world.northmoor, content, name)
    assert (answer.status_code, sentence in text(answer)) == (422, True)
    assert not ImportUpload.objects.exists()


def test_a_long_file_is_the_workers_and_its_page_says_how_far_it_is(
    world: World, buyer: Desk
) -> None:
    upload = buyer.upload("spend", world.northmoor, long_spend(), "spend.csv")
    here = reverse("admin:import_file", args=[upload.pk])
    jobs = ProcrastinateJob.objects.filter(task_name="import_upload")
    for _ in range(2):  # the second click queues nothing
        assert buyer.post("import_take", upload.pk).url == here
    assert [job.args for job in jobs] == [{"upload_id": str(upload.pk)}]
    assert not Payment.objects.exists()

    waiting = buyer.get("import_file", upload.pk)
    assert (waiting["Refresh"], "You can leave this page" in text(waiting)) == ("5", True)
    ImportUpload.objects.update(rows_done=1000)
    assert "1000 of 2000 rows done" in text(buyer.get("import_file", upload.pk))

    import_queued(upload.pk, now=NOW)
    batch = ImportBatch.objects.get()
    assert (batch.imported_by, Payment.objects.count()) == (world.procurement_officer, 2000)
    done = buyer.get("import_file", upload.pk)
    assert done.url == reverse("admin:import_batch", args=[batch.pk])
    import_queued(upload.pk, now=NOW)
    assert Payment.objects.count() == 2000


def test_what_stops_the_worker_is_said_on_the_page(world: World, buyer: Desk) -> None:
    upload = buyer.upload("spend", world.northmoor, long_spend(), "spend.csv")
    buyer.post("import_take", upload.pk)
    world.procurement_officer.role_grants.update(role=Role.INSPECTOR)
    import_queued(upload.pk, now=NOW)
    upload.refresh_from_db()
    assert "cannot import files of Northmoor Police" in upload.problem
    assert (upload.queued_at, Payment.objects.exists()) == (None, False)
    grant(world.procurement_officer, Role.PROCUREMENT, force=world.northmoor)
    anew = Desk(User.objects.get(pk=world.procurement_officer.pk))
    assert upload.problem.split("’")[0] in text(anew.get("import_file", upload.pk))


def test_a_worker_that_died_is_not_waited_for(world: World) -> None:
    upload = ImportUpload(queued_at=NOW, heard_at=NOW)
    assert is_under_way(upload, NOW + PATIENCE / 2)
    assert not is_under_way(upload, NOW + PATIENCE)


def test_the_list_of_imports_says_what_each_refused(world: World, buyer: Desk) -> None:
    bring("spend", world.northmoor, SPEND + "31/02/2026,Acme,10,Pens,PY-1006\n", name="mine.csv")
    bring("spend", world.eastvale, SPEND, name="eastvale.csv")
    bring("spend", world.harbour, SPEND, name="harbour.csv")
    shown = text(buyer.get("import_batches"))
    assert "mine.csv" in shown
    assert "eastvale.csv" not in shown
    [(_, batch)] = buyer.get("import_batches").context["batches"]
    assert (batch.imported, batch.updated, batch.refused) == (4, 0, 1)
    psd = text(Desk(world.reviewer).get("import_batches"))
    assert ("mine.csv" in psd, "eastvale.csv" in psd, "harbour.csv" in psd) == (True, True, False)


def test_the_list_takes_as_many_queries_however_many_there_are(
    world: World, buyer: Desk, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        bring("spend", world.northmoor, SPEND.replace("PY-", f"P{number}-"), name=f"{number}.csv")
    with django_assert_max_num_queries(12):
        buyer.get("import_batches")


def test_who_finds_what(world: World, buyer: Desk) -> None:
    upload = buyer.upload("spend", world.northmoor, SPEND, "spend.csv")
    batch = bring("spend", world.northmoor, SPEND).batch
    assert batch is not None
    for user in (world.constable, world.administrator, world.reviewer, world.harbour_reviewer):
        other = Desk(user)
        there = user == world.harbour_reviewer  # who heads another force's PSD
        assert other.get("import_spend").status_code == (200 if there else 404)
        assert other.get("import_file", upload.pk).status_code == 404
        assert other.post("import_take", upload.pk).status_code == 404
    assert Desk(world.psd_head).get("import_spend").status_code == 200
    assert Desk(world.reviewer).get("import_batch", batch.pk).status_code == 200
    for user in (world.constable, world.administrator, world.harbour_reviewer):
        assert Desk(user).get("import_batch", batch.pk).status_code == 404
    assert buyer.send("spend", world.eastvale, SPEND, "spend.csv").status_code == 422


def test_procurement_imports_no_register_and_reads_none(world: World, buyer: Desk) -> None:
    assert buyer.get("import_gifts").status_code == 404
    gifts = ImportBatch.objects.create(
        register="gifts", force=world.northmoor, name="g.csv", sha256="0" * 64, file="g.csv",
        imported_at=NOW,
    )  # fmt: skip
    assert buyer.get("import_batch", gifts.pk).status_code == 404
