from django.urls import path

from registers.organisations import views

app_name = "organisations"
urlpatterns = [
    path("organisations/suggest/", views.suggest, name="suggest"),
    path("organisations/facts/", views.facts, name="facts"),
    path("organisations/<int:pk>/", views.organisation, name="page"),
]
