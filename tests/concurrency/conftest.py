"""What every race needs."""

import pytest
from django.template import Template


@pytest.fixture(autouse=True)
def plain_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates drawn as in production: Django's tests copy the context of each, which takes longer."""
    monkeypatch.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))
