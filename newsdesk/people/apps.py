from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "newsdesk.people"
    default = True

    def ready(self) -> None:
        from newsdesk.people.roles import grant

        post_migrate.connect(grant, dispatch_uid="newsdesk.people.roles")


class DeskAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "newsdesk.people.admin_site.DeskAdminSite"
