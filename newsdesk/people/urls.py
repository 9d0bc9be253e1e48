"""Addresses of signing in and out."""

from django.contrib.auth import views
from django.urls import path

from newsdesk.people.views import account

FORM = {"http_method_names": ["get", "head", "options", "post"]}

urlpatterns = [
    path("account/", account, name="account"),
    path(
        "account/login/",
        views.LoginView.as_view(template_name="people/login.html", redirect_authenticated_user=True, **FORM),
        name="login",
    ),
    path("account/logout/", views.LogoutView.as_view(), name="logout"),
    path(
        "account/password/",
        views.PasswordChangeView.as_view(template_name="people/password.html", success_url="/account/", **FORM),
        name="password_change",
    ),
]
