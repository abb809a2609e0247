from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "integrity.casework"
    verbose_name = "Casework"
