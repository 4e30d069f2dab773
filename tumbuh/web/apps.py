from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tumbuh.web"
    label = "web"

    def ready(self) -> None:
        from tumbuh.web.accounts.security.trail import listen

        listen()
