"""manage.py board_pack writes what a member would be shown, or the public; bad input changes nothing."""

import json
from datetime import timedelta
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from django.core.management import CommandError, call_command

from integrity.audit.models import Event
from integrity.people.enums import Role
from integrity.people.models import OversightBody, RoleGrant
from tests.builders import TODAY, World, accepted, declare, item
from tests.oversight import settle

DAYS = {"starts_on": "2025-04-01", "ends_on": "2026-03-31"}


@pytest.fixture
def declared(world: World) -> World:
    march = {"offered_on": TODAY.replace(month=3), "late_reason": "Forgotten."}
    declare(world.constable, item(5), **march)
    declare(world.assistant_chief, accepted(50, description="A silver zebra"), **march)
    settle()
    return world


def packed(to: Path, **options: Any) -> dict[str, Any]:
    said = StringIO()
    call_command(
        "board_pack",
        **{"body": "NEC", **DAYS, "out": str(to), "json": True, **options},
        stdout=said,
    )
    found: dict[str, Any] = json.loads(said.getvalue())
    return found


def words(path: Path) -> str:
    reader = pypdf.PdfReader(BytesIO(path.read_bytes()))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_is_private_unless_told(declared: World, tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    said = packed(out)
    assert (said["body"], said["forces"], said["public"]) == ("NEC", ["NMR"], False)
    assert "chiefs-challenges" in said["tables"]
    assert said["written"] == [
        {
            "file": str(out),
            "bytes": out.stat().st_size,
            "sha256": sha256(out.read_bytes()).hexdigest(),
        }
    ]
    assert "silver zebra" in words(out)
    assert "Private: for members of the body" in words(out)
    event = Event.objects.get(name="file downloaded", about="board pack")
    assert (event.actor_id, event.force_id) == (None, declared.northmoor.pk)
    assert event.facts == {"file": "pack.pdf", "body": "NEC", "public": False}


def test_the_public_one_needs_no_member(declared: World, tmp_path: Path) -> None:
    members = RoleGrant.objects.filter(role=Role.GOVERNANCE_MEMBER)
    members.update(ends_on=TODAY - timedelta(days=1))
    said = packed(tmp_path / "pack.pdf", public=True)
    assert said["public"]
    assert "chiefs-challenges" not in said["tables"]
    assert "silver zebra" not in words(tmp_path / "pack.pdf")


def test_every_table_as_a_workbook_and_as_csv(declared: World, tmp_path: Path) -> None:
    book, folder = tmp_path / "pack.xlsx", tmp_path / "tables"
    said = packed(tmp_path / "pack.pdf", xlsx=str(book), csv=str(folder))
    assert {path.stem for path in folder.iterdir()} == set(said["tables"])
    assert len(openpyxl.load_workbook(book).sheetnames) == len(said["tables"]) + 1
    assert len(said["written"]) == len(said["tables"]) + 2


def test_it_says_what_it_wrote(declared: World, tmp_path: Path) -> None:
    said = StringIO()
    out = tmp_path / "pack.pdf"
    call_command("board_pack", body="NEC", **DAYS, out=str(out), stdout=said)
    assert (
        "Northmoor Commissioner: board pack, April 2025 to March 2026 (private)" in said.getvalue()
    )
    assert str(out) in said.getvalue()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"body": "XXX"}, "There is no oversight body XXX."),
        ({"body": "BARE"}, "oversees no force"),
        ({"starts_on": "yesterday"}, "“yesterday” is no day"),
        ({"ends_on": "2001-01-01"}, "The last day comes before the first."),
        ({"public": True, "starts_on": "2025-04-02"}, "by whole quarters"),
        ({"public": True, "ends_on": "2199-03-31"}, "quarters that are over"),
        ({"out": "pack.doc"}, "does not end in .pdf"),
        ({"out": "/no/such/folder/pack.pdf"}, "There is no folder “/no/such/folder”"),
        ({"xlsx": "/no/such/folder/x.xlsx"}, "cannot be written"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_changes_nothing(
    world: World, tmp_path: Path, options: dict[str, Any], sentence: str
) -> None:
    OversightBody.objects.create(code="BARE", name="Bare", department=world.alliance_psd)
    with pytest.raises(CommandError, match=sentence):
        packed(tmp_path / "pack.pdf", **options)
    assert list(tmp_path.iterdir()) == []
    assert not Event.objects.filter(name="file downloaded").exists()


def test_a_private_one_wants_a_member_for_whom_it_is_made(world: World, tmp_path: Path) -> None:
    members = RoleGrant.objects.filter(role=Role.GOVERNANCE_MEMBER)
    members.update(ends_on=TODAY - timedelta(days=1))
    with pytest.raises(CommandError, match="has no governance member"):
        packed(tmp_path / "pack.pdf")
    assert list(tmp_path.iterdir()) == []
