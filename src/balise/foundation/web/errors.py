"""Pages for what went wrong: plain words, the emergency numbers, and a way back."""

from django.http import HttpRequest, HttpResponse


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return HttpResponse(status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return HttpResponse(status=400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return HttpResponse(status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return HttpResponse(status=404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse(status=500)
