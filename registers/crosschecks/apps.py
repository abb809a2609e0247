from django.apps import AppConfig


class CrosschecksConfig(AppConfig):
    name = "registers.crosschecks"
    verbose_name = "Cross-checks"
