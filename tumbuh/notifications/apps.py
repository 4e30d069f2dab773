from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "tumbuh.notifications"
    label = "notifications"

    def ready(self) -> None:
        from tumbuh.notifications import checks  # noqa: F401  registers them
