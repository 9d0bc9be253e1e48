from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AnnotationsConfig(AppConfig):
    name = "newsdesk.annotations"
    verbose_name = _("Notes")

    def ready(self) -> None:
        from newsdesk.annotations.kinds import add_kinds
        from newsdesk.annotations.placing import follow
        from newsdesk.articles.followers import FOLLOWERS

        post_migrate.connect(add_kinds, sender=self, dispatch_uid="newsdesk.annotations.kinds")
        FOLLOWERS.append(follow)
