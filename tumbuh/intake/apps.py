from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "tumbuh.intake"
    label = "intake"
