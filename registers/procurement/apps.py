from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "registers.procurement"
    verbose_name = "Procurement"
