from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "integrity.audit"
    verbose_name = "Audit"
