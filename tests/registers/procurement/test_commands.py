"""manage.py import_contracts, import_spend, import_cards, and what is published of real bodies."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q, Sum

from registers.procurement.models import Contract, Payment
from tests.builders import World
from tests.registers.procurement.feeds import CARDS, SPEND, package, release

pytestmark = pytest.mark.usefixtures("media")

DATA = Path("/work/shared/data")
TO_ALL = [
    ("import_spend", "spend.csv", SPEND.encode()),
    ("import_contracts", "contracts.json", package(release())),
    ("import_cards", "cards.csv", CARDS.format(number="1", name="A Roe").encode()),
]


def run(capsys: Any, command: str, *args: Any) -> tuple[dict[str, Any], str]:
    capsys.readouterr()
    call_command(command, *map(str, args), "--force", "NMR", "--json")
    out, err = capsys.readouterr()
    return json.loads(out), err


@pytest.mark.parametrize(("command", "name", "content"), TO_ALL)
def test_each_feed_says_what_it_did(
    world: World, tmp_path: Path, capsys: Any, command: str, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    dry, _ = run(capsys, command, file, "--dry-run")
    done, _ = run(capsys, command, file)
    again, _ = run(capsys, command, file)
    assert (dry["dry_run"], done["dry_run"]) == (True, False)
    assert dry["imported"] == done["imported"] > 0
    assert (again["imported"], again["updated"]) == (0, 0)
    assert again["unchanged"] == done["imported"]
    call_command(command, str(file), "--force", "NMR")
    assert f"{name}: " in capsys.readouterr().out


@pytest.mark.parametrize("command", [command for command, _, _ in TO_ALL])
@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"%PDF", "not a spreadsheet we read"),
        ("a.csv", b" ", "is empty"),
        ("a.xlsx", b"a,b", "not a workbook inside"),
        ("a.csv", b"p,q\n1,2\n", "heading"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(
    world: World, tmp_path: Path, command: str, name: str, content: bytes, sentence: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        call_command(command, str(file), "--force", "NMR")


def test_bad_input_is_a_sentence(world: World, tmp_path: Path, capsys: Any) -> None:
    file, bad, json_file = (tmp_path / name for name in ("s.csv", "b.csv", "c.json"))
    file.write_text(SPEND)
    bad.write_text(SPEND + "07/03/2026,Acme,ten,Pens,PY-1007\n")
    json_file.write_text('{"releases": [')
    with pytest.raises(CommandError, match="no force “XXX”"):
        call_command("import_spend", str(file), "--force", "XXX")
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("import_spend", str(tmp_path / "none.csv"), "--force", "NMR")
    with pytest.raises(CommandError, match="1 row was refused"):
        call_command("import_spend", str(bad), "--force", "NMR", "--all-or-nothing")
    with pytest.raises(CommandError, match=r"c\.json"):
        call_command("import_contracts", str(json_file), "--force", "NMR")
    assert not Payment.objects.exists()


def test_a_mapping_says_which_column_is_which(world: World, tmp_path: Path, capsys: Any) -> None:
    file, mapping = tmp_path / "s.csv", tmp_path / "m.json"
    file.write_text("p,q,r\n03/03/2026,Halcyon,5\n")
    columns = {"paid_on": "p", "supplier": "q", "amount": "r"}
    mapping.write_text(json.dumps({"columns": columns, "heading_row": 1}))
    told, _ = run(capsys, "import_spend", file, "--mapping", mapping)
    assert told["total"] == "5.00"


def test_what_changed_and_what_was_not_read_are_printed(
    world: World, tmp_path: Path, capsys: Any
) -> None:
    file = tmp_path / "s.csv"
    for amount in ("5", "6"):
        file.write_text(f"Date,Supplier,Amount,Reference,Notes\n03/03/2026,Halcyon,{amount},T1,x\n")
        call_command("import_spend", str(file), "--force", "NMR")
    said = capsys.readouterr().out
    assert "Changed: 2, Halcyon, £5.00, Amount: “£5.00” to “£6.00”." in said
    assert said.count("Not read: Notes.") == 2


def test_a_long_file_says_how_far_it_is(world: World, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "s.csv"
    rows = (f"03/03/2026,Supplier {n % 50},{n}.10,Pens,PY-{n}" for n in range(2500))
    file.write_text("\n".join([SPEND.splitlines()[0], *rows]))
    told, said = run(capsys, "import_spend", file)
    assert told["imported"] == 2500
    assert "2000 of 2500 rows added." in said


def shared(path: str) -> Path:
    if not (DATA / path).exists():
        pytest.skip(f"{DATA / path} is not here")
    return DATA / path


@pytest.mark.parametrize(
    ("name", "rows", "total"),
    [
        ("pcc-2018-19.xlsx", 7974, "62208683.77"),
        ("pcc-2023-24.xlsx", 9289, "104322773.62"),
    ],
)
def test_published_spend_is_taken_to_the_penny(
    world: World, capsys: Any, name: str, rows: int, total: str
) -> None:
    file = shared(f"police-spend/{name}")
    told, _ = run(capsys, "import_spend", file)
    assert (told["imported"], told["total"], told["refused"]) == (rows, total, [])
    assert Payment.objects.aggregate(total=Sum("amount"))["total"] == Decimal(total)
    again, _ = run(capsys, "import_spend", file)
    assert (again["imported"], again["updated"], again["unchanged"]) == (0, 0, rows)


def test_published_contracts_are_taken_to_the_penny(world: World, capsys: Any) -> None:
    file = shared("contracts-ocds/contracts_finder_england.jsonl")
    told, _ = run(capsys, "import_contracts", file)
    assert (told["rows"], told["awards"], told["total"]) == (120, 100, "862045928.51")
    counted = Contract.objects.filter(
        Q(currency="GBP") & ~Q(status__in=["cancelled", "unsuccessful"])
    )
    # three awards are in two releases each: what is kept is what stands
    stands = counted.aggregate(total=Sum("amount"))["total"]
    assert (told["imported"], told["standing_total"]) == (97, f"{stands:.2f}")
    again, _ = run(capsys, "import_contracts", file)
    assert (again["imported"], again["updated"], again["unchanged"]) == (0, 0, 97)
