from datetime import date

import pytest
from django import forms
from django.db.models import TextChoices
from django.utils.translation import override

from balise.foundation.web.fields import CodeField, DayField, LongTextField


class Colour(TextChoices):
    RED = "red", "Red"
    BLUE = "blue", "Blue"


class PaintForm(forms.Form):
    colour = CodeField(Colour, empty_value=None, required=False)
    only = CodeField(Colour, choices=[("", "None"), ("red", "Red")], empty_value=None)
    words = LongTextField(rows=3, attrs={"dir": "auto"}, required=False)
    on = DayField(initial=date(2026, 3, 1))


def test_a_code_is_read_as_a_member() -> None:
    form = PaintForm({"colour": "blue", "only": "red", "on": "2026-03-02"})
    assert form.is_valid()
    assert form.cleaned_data["colour"] is Colour.BLUE
    assert form.cleaned_data["on"] == date(2026, 3, 2)


def test_a_code_that_is_not_offered_is_refused() -> None:
    form = PaintForm({"colour": "green", "only": "blue", "on": "2026-03-02"})
    assert set(form.errors) == {"colour", "only"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_day_is_written_as_browsers_read_it(language: str) -> None:
    with override(language):
        assert 'type="date"' in str(PaintForm()["on"])
        assert 'value="2026-03-01"' in str(PaintForm()["on"])


def test_a_long_text_is_as_high_as_its_rows() -> None:
    area = str(PaintForm()["words"])
    assert 'rows="3"' in area
    assert 'dir="auto"' in area
