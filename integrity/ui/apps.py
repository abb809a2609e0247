from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "integrity.ui"
    verbose_name = "look and feel"
