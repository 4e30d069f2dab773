from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tumbuh.documents"
    label = "documents"
