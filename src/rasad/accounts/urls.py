"""Addresses of log-in, one's own account and staff."""

from django.urls import path

from rasad.accounts.views import log_in, own, staff

app_name = "accounts"
urlpatterns = [
    path("log-in", log_in.log_in, name="log_in"),
    path("log-in/code", log_in.code, name="code"),
    path("log-in/set-up", log_in.set_up, name="set_up"),
    path("log-out", log_in.log_out, name="log_out"),
    path("my-account", own.my_account, name="my_account"),
    path("my-account/password", own.password, name="password"),
    path("my-account/recovery-codes", own.recovery_codes, name="recovery_codes"),
    path("staff", staff.staff, name="staff"),
    path("staff/new", staff.new_staff, name="new_staff"),
    path("staff/of/<str:username>", staff.member, name="member"),
    path("staff/of/<str:username>/close", staff.close, name="close"),
    path("staff/of/<str:username>/reopen", staff.reopen, name="reopen"),
    path("staff/of/<str:username>/reset", staff.reset, name="reset"),
]
