"""Layout objects drawn by templates/govuk/layout. crispy's own compile their text as a template."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.template.loader import render_to_string
from django.utils.text import slugify

__all__ = [
    "Button",
    "ButtonGroup",
    "Details",
    "Field",
    "Fieldset",
    "Heading",
    "Include",
    "Inset",
    "Layout",
    "Link",
    "Paragraph",
    "Repeat",
    "Warning",
]


class _Group(LayoutObject):
    """Layout objects within a template, which finds them as `content`."""

    template = ""

    def __init__(self, *fields: Any) -> None:
        self.fields = list(fields)

    def render(
        self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> str:
        content = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(
            f"{template_pack}/layout/{self.template}", {"group": self, "content": content}
        )


class _Leaf:
    template = ""

    def render(
        self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> str:
        return render_to_string(f"{template_pack}/layout/{self.template}", {"leaf": self})


class Field(LayoutObject):
    """A field whose label is larger, or is the heading of the page."""

    def __init__(self, name: str, *, label_size: str = "", as_heading: bool = False) -> None:
        self.fields = [name]
        self.options = {
            "label_size": label_size or ("l" if as_heading else ""),
            "as_heading": as_heading,
        }

    def render(
        self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> str:
        return render_field(
            self.fields[0],
            form,
            context,
            template_pack=template_pack,
            extra_context={"field_options": self.options},
        )


class Fieldset(_Group):
    template = "fieldset.html"

    def __init__(self, legend: str, *fields: Any, hint: str = "", size: str = "m") -> None:
        super().__init__(*fields)
        self.legend = legend
        self.hint = hint
        self.size = size

    def render(
        self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> str:
        self.hint_id = f"group-{slugify(form.prefix or '')}-{slugify(self.legend)}-hint"
        return super().render(form, context, template_pack, **kwargs)


class Details(_Group):
    template = "details.html"

    def __init__(self, summary: str, *fields: Any) -> None:
        super().__init__(*fields)
        self.summary = summary


class ButtonGroup(_Group):
    template = "button_group.html"


class Repeat:
    """The rows of a formset that the form has under this name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(
        self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> str:
        formset = form.formsets[self.name]
        return render_to_string(
            f"{template_pack}/formset.html",
            {"formset": formset, "form_action": str(form.form_action)},
        )


class Button(_Leaf):
    template = "button.html"

    def __init__(self, label: str, *, name: str = "", value: str = "1", style: str = "") -> None:
        self.label = label
        self.name = name
        self.value = value
        self.style = style


class Link(_Leaf):
    template = "link.html"

    def __init__(self, label: str, url: Any) -> None:
        self.label = label
        self.url = str(url)


class _Text(_Leaf):
    def __init__(self, text: str) -> None:
        self.text = text


class Paragraph(_Text):
    template = "paragraph.html"


class Inset(_Text):
    template = "inset.html"


class Warning(_Text):
    template = "warning.html"


class Heading(_Text):
    template = "heading.html"

    def __init__(self, text: str, size: str = "m") -> None:
        super().__init__(text)
        self.size = size


class Include:
    """A template of the register's own, with the page's context and these names."""

    def __init__(self, template: str, **names: Any) -> None:
        self.template = template
        self.names = names

    def render(
        self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> str:
        return render_to_string(self.template, {**context.flatten(), "form": form, **self.names})
