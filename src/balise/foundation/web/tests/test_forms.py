"""Fields say their name, their hint and their error, to eyes and to ears."""

from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from balise.foundation.refusals import Refused
from balise.foundation.web.attempts import attempt
from balise.foundation.web.components.forms import Fault
from balise.foundation.web.testing import faults, squeezed


class Sample(forms.Form):
    address = forms.CharField(label="Address", help_text="Copy it.", max_length=20)
    age = forms.ChoiceField(
        label="Age", choices=[("13", "13"), ("18", "18")], widget=forms.RadioSelect
    )
    agrees = forms.BooleanField(label="I agree", required=False)
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.data.get("agrees") == "no":
            self.add_error(None, "Not like this.")


def drawn(source: str, form: forms.Form) -> str:
    return Template(source).render(Context({"form": form}))


class TestField:
    def test_ties_hint_and_error_to_the_control(self) -> None:
        page = drawn("{% field form.address %}", Sample({}))
        assert 'aria-describedby="id_address-hint id_address-error"' in page
        assert 'aria-invalid="true"' in page
        assert 'id="id_address-hint"' in page
        assert 'id="id_address-error"' in page

    def test_says_in_words_what_is_required(self) -> None:
        assert "(obligatoire)" in drawn("{% field form.address %}", Sample())

    def test_passes_attributes_on(self) -> None:
        page = drawn('{% field form.address inputmode="url" data_x="1" %}', Sample())
        assert 'inputmode="url"' in page
        assert 'data-x="1"' in page

    def test_of_choices_is_a_fieldset_with_a_legend(self) -> None:
        page = squeezed(drawn("{% field form.age %}", Sample({})))
        assert "<legend>Age" in page
        assert '<fieldset class="field field-wrong" aria-describedby="id_age-error">' in squeezed(
            page
        )

    def test_escapes_what_a_person_wrote(self) -> None:
        page = drawn("{% field form.address %}", Sample({"address": '"><script>'}))
        assert "&lt;script&gt;" in page
        assert "<script>" not in page

    def test_of_a_whole_form_is_labelled(self) -> None:
        assert not faults(drawn("{% fields form %}", Sample({})))
        assert not faults(drawn("{% fields form %}", Sample()))


class TestErrorSummary:
    def test_leads_to_each_field(self) -> None:
        page = drawn("{% error_summary form %}", Sample({"agrees": "no"}))
        assert 'href="#id_address"' in page
        assert 'href="#id_age_0"' in page
        assert "<li>Not like this.</li>" in squeezed(page)
        assert "autofocus" in page

    def test_says_a_conflict_without_calling_it_a_fault(self) -> None:
        form = Sample({"address": "a", "age": "13"})
        with attempt(RequestFactory().post("/"), form, conflict=True):
            raise Refused("Somebody was quicker.")
        page = squeezed(drawn("{% error_summary form %}", form))
        assert "Somebody was quicker.</p>" in page
        assert "autofocus" in page
        assert "<h2" not in page
        # With a fault of a field, the heading is true again.
        form.add_error("address", "Too long.")
        assert "<h2" in drawn("{% error_summary form %}", form)

    def test_is_silent_when_all_is_well(self) -> None:
        assert not drawn("{% error_summary form %}", Sample({"address": "a", "age": "13"})).strip()
        assert not drawn("{% error_summary form %}", Sample()).strip()


def test_a_label_that_asks_has_no_colon_after_its_mark() -> None:
    assert Fault("age", "How old?", "Required.").lead == "How old?"
    with translation.override("en"):
        assert Fault("age", "Age", "Required.").lead == "Age:"
