"""Filters and tags for every page: {% load ui %}.

{{ offer.value|money }}              £1,234.50
{{ offer.offered_on|day }}           3 March 2026
{{ offer.received_at|moment }}       3 March 2026, 14:02 (Europe/London)
{{ refusal|sentence }}               first letter a capital, a full stop at the end
{{ names|listed }}                   Ann, Bo and Cy
{% tag offer.status label=offer.get_status_display %}     a coloured tag; colour="red" chooses
{% error_summary %} {% error_prefix %}                    base.html uses these
{% page_links page_obj as links %}                        components/pagination.html uses this
{% qr_code case.reference label="QR code of …" %}         an SVG picture that a camera reads
{% drawing table.chart name=table.slug %}                 a chart as SVG; components/figures.html uses this
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

import segno
from django import forms, template
from django.template.loader import render_to_string
from django.utils import dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString

from integrity.ui import wording
from integrity.ui.charts import Chart, svg
from integrity.ui.rendering import ErrorLink, FieldView, error_links

register = template.Library()
LONDON = ZoneInfo("Europe/London")

COLOURS = {
    "grey": """draft withdrawn closed expired archived ceased lapsed not_applicable nil superseded
        cancelled inactive""",
    "blue": """submitted sent open new received acknowledged assigned in_progress under_review
        recorded""",
    "yellow": """awaiting pending due queried question challenged returned on_hold paused embargoed
        awaiting_answer awaiting_decision awaiting_approval awaiting_review peer_review""",
    "green": """accepted approved answered agreed complete completed granted active resolved
        justified published""",
    "red": "refused declined rejected overdue breached failed revoked escalated",
    "purple": "conditional approved_with_conditions accepted_with_conditions",
}
COLOUR_OF_STATUS = {
    status: colour for colour, statuses in COLOURS.items() for status in statuses.split()
}


@register.filter
def money(value: Any) -> str:
    if value is None or value == "":
        return ""
    try:
        pounds = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return f"{'−' if pounds < 0 else ''}£{abs(pounds):,.2f}"


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    if not value:
        return ""
    if isinstance(value, dt.datetime):
        value = in_london(value)
    return dateformat.format(value, "j F Y")


@register.filter
def moment(value: dt.datetime | None) -> str:
    return dateformat.format(in_london(value), "j F Y, H:i") if value else ""


def in_london(value: dt.datetime) -> dt.datetime:
    return value if value.tzinfo is None else value.astimezone(LONDON)


@register.filter
def sentence(value: Any) -> str:
    text = wording.with_capital(str(value or "").strip())
    return text if not text or text[-1] in ".!?…" else f"{text}."


@register.filter
def listed(values: Any) -> str:
    return wording.listed([str(value) for value in values or []])


@register.filter
def under(cells: Any, columns: Any) -> list[tuple[Any, Any]]:
    """Each cell of a row with the column it stands in."""
    return list(zip(columns, cells, strict=False))


@register.simple_tag
def tag(status: Any, label: Any = "", colour: str = "") -> SafeString:
    word = str(getattr(status, "value", status) or "")
    shown = label or getattr(status, "label", "") or wording.with_capital(word.replace("_", " "))
    colour = colour or COLOUR_OF_STATUS.get(
        word.lower().replace(" ", "_").replace("-", "_"), "grey"
    )
    return render_to_string("components/tag.html", {"text": shown, "colour": colour})


@register.simple_tag
def field_view(bound_field: forms.BoundField, settings: Any = None) -> FieldView:
    return FieldView(bound_field, settings or {})


@register.simple_tag
def error_links_of(form: Any) -> list[ErrorLink]:
    return error_links(form)


@register.simple_tag(takes_context=True)
def error_summary(context: template.Context) -> str:
    """One summary for the page. Forms named here do not repeat it when {% crispy %} draws them."""
    links = []
    for form in forms_in(context):
        links += error_links(form)
        form.summary_is_shown = True
    return render_to_string("govuk/error_summary.html", {"links": links}) if links else ""


@register.simple_tag(takes_context=True)
def error_prefix(context: template.Context) -> str:
    return "Error: " if any(error_links(form) for form in forms_in(context)) else ""


def forms_in(context: template.Context) -> list[Any]:
    found: dict[int, Any] = {}
    values: list[Any] = list(context.flatten().values())
    for value in values:
        if isinstance(value, (forms.BaseForm, forms.BaseFormSet)):
            found[id(value)] = value
    return list(found.values())


@register.simple_tag
def qr_code(text: str, label: str) -> SafeString:
    """Black on white in any colours, for a camera; its label says what it is to those who cannot see it."""
    picture = segno.make(text, micro=False).svg_data_uri(scale=4, border=4, light="#fff")
    return format_html('<img src="{}" alt="{}">', picture, label)


@register.simple_tag
def drawing(chart: Chart, name: str = "") -> SafeString:
    return svg(chart, name)


@register.simple_tag
def page_links(page: Any) -> list[Any]:
    """Page numbers with gaps as None, or nothing when there is one page."""
    if not page or page.paginator.num_pages < 2:
        return []
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [None if number == page.paginator.ELLIPSIS else number for number in numbers]
