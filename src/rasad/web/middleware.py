"""What every answer carries: security headers; and the language the reader asked for in the address."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Everything comes from this server; nothing inline runs, so an injected script or style has no effect.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

Responder = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """Puts the headers Django does not know onto every answer; none of staff or of a family is kept by a cache."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its headers; a view may have set its own."""
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if _is_of_somebody(request):
            response.setdefault("Cache-Control", "no-store")
        return response


def _is_of_somebody(request: HttpRequest) -> bool:
    """Whether the answer is of somebody who logged in, or of a family that has shown a telephone or is about to."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return True
    session = getattr(request, "session", None)
    return session is not None and bool(session.accessed) and not session.is_empty()


class LanguageFromAddress:
    """`?language=hi` turns the page, and with a cookie all that follow, into that language."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response
        self.known = {code for code, _ in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page in the language asked for, if we know it."""
        wanted = request.GET.get("language")
        if wanted not in self.known:
            return self.get_response(request)
        # LocaleMiddleware, which comes next, reads the cookie.
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = wanted
        response = self.get_response(request)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=365 * 24 * 60 * 60,
            samesite="Lax",
            secure=settings.SECURE,
            httponly=True,
        )
        return response
