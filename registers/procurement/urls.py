from django.urls import path

from registers.procurement.views import cards, tenders

app_name = "procurement"
urlpatterns = [
    path("cards/", cards.cards, name="cards"),
    path("cards/<int:pk>/", cards.justify, name="justify"),
    path("tenders/", tenders.tenders, name="tenders"),
    path("tenders/<int:pk>/declare/", tenders.declare, name="declare"),
]
