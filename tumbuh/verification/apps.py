from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "tumbuh.verification"
    label = "verification"
