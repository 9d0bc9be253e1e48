"""Addresses of signing in and out."""

from django.contrib.auth import views
from django.urls import path

urlpatterns = [
    path("account/login/", views.LoginView.as_view(template_name="people/login.html"), name="login"),
    path("account/logout/", views.LogoutView.as_view(), name="logout"),
    path(
        "account/password/",
        views.PasswordChangeView.as_view(template_name="people/password.html", success_url="/"),
        name="password_change",
    ),
]
