"""The meeting pack as a PDF to print and as a workbook; both say what the page says."""

import datetime as dt

from integrity.ui import exports
from integrity.ui.pdf import render
from integrity.ui.templatetags.ui import day
from registers.crosschecks.pack import Pack


def pdf(pack: Pack, *, made_at: dt.datetime) -> bytes:
    data = {
        "title": pack.title,
        "force": str(pack.force),
        "quarter": pack.quarter.words,
        "made_on": day(made_at),
        "sections": [exports.for_paper(each) for each in pack.sections],
    }
    return render("pack.typ", data, made_at=made_at)


def workbook(pack: Pack, *, made_at: dt.datetime) -> bytes:
    """What it is of, then a sheet for each section that holds its columns and nothing else."""
    about = [
        ("Meeting pack", str(pack.force)),
        ("Quarter", pack.quarter.words),
        ("Made on", day(made_at)),
        ("In confidence", "For the quarterly meeting"),
    ]
    return exports.workbook(pack.sections, title=pack.title, made_at=made_at, about=about)
