from django.urls import path, register_converter

from registers.gifts.views import cases, drafts, short


class StepConverter:
    """A step of a declaration, as its address names it."""

    regex = "offer|items/[1-9][0-9]?|gift-test"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(StepConverter, "step")

app_name = "gifts"
urlpatterns = [
    path("gifts/quick/", short.quick, name="quick"),
    path("gifts/guide/", short.guide, name="guide"),
    path("gifts/refreshments/", short.refreshments, name="refreshments"),
    path("gifts/start/", drafts.start, name="start"),
    path("gifts/drafts/<uuid:pk>/<step:step>/", drafts.step, name="draft"),
    path("gifts/drafts/<uuid:pk>/<step:step>/autosave/", drafts.autosave, name="autosave"),
    path("gifts/drafts/<uuid:pk>/items/", drafts.items, name="items"),
    path(
        "gifts/drafts/<uuid:pk>/items/<int:number>/remove/", drafts.remove_item, name="remove-item"
    ),
    path("gifts/drafts/<uuid:pk>/check/", drafts.check, name="check"),
    path("gifts/<slug:reference>/", cases.case, name="case"),
    path("gifts/<slug:reference>/done/", cases.done, name="done"),
    path("gifts/<slug:reference>/<slug:verb>/", cases.verb, name="verb"),
]
