"""The pages that belong to the house and to no line."""

from django.urls import URLPattern, URLResolver

outside_languages: list[URLPattern | URLResolver] = []
public: list[URLPattern | URLResolver] = []
staff: list[URLPattern | URLResolver] = []
