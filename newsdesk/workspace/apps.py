from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkspaceConfig(AppConfig):
    name = "newsdesk.workspace"
    verbose_name = _("Views and collections")
