from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "tumbuh.programme"
    label = "programme"
