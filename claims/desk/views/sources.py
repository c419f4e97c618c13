"""A source that moved, a page that seems to repeat a claim, and an address to look at for claims."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from claims import editing
from claims.desk.forms import DAY, WORDS
from claims.desk.queues.sources import TODO
from claims.desk.shown import behind_sign_in, desk_page, taken
from claims.differences import word_differences
from claims.models import SourceChange, SuspectedAppearance
from claims.scales import CLAIM_STANCES
from claims.watching.changes import resting_versions, states_of, title_of
from claims.watching.reading import in_plain_words
from claims.watching.suggestions import told
from ephemeris.public_addresses import AddressRefused, target


class AnswerForm(forms.Form):
    note = forms.CharField(label="What was done, or why nothing was", max_length=300, widget=WORDS)


class AcceptForm(forms.Form):
    phrase = forms.CharField(max_length=160, help_text="Exact, at most eight words.")
    stance = forms.ChoiceField(choices=list(CLAIM_STANCES.items()), label="The page")
    first_seen = forms.DateField(
        required=False, widget=DAY, label="First seen", help_text="As printed on the page."
    )


class DeclineForm(forms.Form):
    note = forms.CharField(max_length=255, label="Why it is none")


class AddressForm(forms.Form):
    url = forms.CharField(label="Address", max_length=500, widget=forms.URLInput(attrs={"size": 70}))

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        try:
            target(url)
        except AddressRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return url


def _may(request: HttpRequest, action: str) -> Any:
    person: Any = request.user
    if not person.has_perm(editing.RIGHTS[action]):
        raise PermissionDenied
    return person


@behind_sign_in
def source(request: HttpRequest, number: int) -> HttpResponse:
    """Show what was seen of a source, and note what was done about it."""
    person = _may(request, "answer_source")
    change = (
        SourceChange.objects.select_related("source", "seen_in", "answer__answered_by")
        .filter(pk=number)
        .first()
    )
    if change is None:
        raise Http404(f"There is no change {number} of a source.")
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = partial(editing.answer_source, change, **form.cleaned_data, actor=person, at=timezone.now())
        if taken(request, answer, "The change is answered; what you wrote stands on the log."):
            return HttpResponseRedirect(reverse("desk:queue", args=["sources"]))
    states = states_of(change.watch)
    return desk_page(
        request, "desk/source.html", "Source that moved", change=change, form=form, watch=title_of(change.watch),
        before=states.get(change.before, ""), after=states[change.after], todo=TODO.get((change.watch, change.after), ""),
        phrases=_phrases(change), resting=resting_versions(change.source),
        answered=getattr(change, "answer", None),
    )  # fmt: skip


def _phrases(change: SourceChange) -> list[dict[str, Any]]:
    """The phrases on record with what became of each; words that came and went where it was reworded."""
    found = []
    for one in change.seen_in.facts.get("phrases", ()):
        nearest = one.get("nearest", "")
        pieces = word_differences(in_plain_words(one["phrase"]), nearest) if nearest else ()
        found.append({**one, "pieces": pieces})
    return found


@behind_sign_in
def suspected(request: HttpRequest, number: int) -> HttpResponse:
    """Show a suspected appearance beside its claim; accept or decline it."""
    person = _may(request, "decide_suspicion")
    row = (
        SuspectedAppearance.objects.select_related("claim", "source", "decided_by").filter(pk=number).first()
    )
    if row is None:
        raise Http404(f"There is no suspected appearance {number}.")
    asked = request.POST.get("step", "") if request.method == "POST" else ""
    accept = AcceptForm(
        request.POST if asked == "accept" else None, initial={"phrase": row.phrase, "stance": row.stance}
    )
    decline = DeclineForm(request.POST if asked == "decline" else None)
    form = {"accept": accept, "decline": decline}.get(asked)
    if form is not None and form.is_valid():
        act: Any = editing.accept_suspicion if asked == "accept" else editing.decline_suspicion
        decide = partial(act, row, **form.cleaned_data, actor=person, at=timezone.now())
        if taken(request, decide, f"{'Accepted' if asked == 'accept' else 'Declined'}: {row.phrase}"):
            return HttpResponseRedirect(reverse("desk:queue", args=["suspected"]))
    return desk_page(
        request, "desk/suspected.html", "Suspected appearance", row=row, accept=accept, decline=decline,
        stance=CLAIM_STANCES[row.stance],
    )  # fmt: skip


@behind_sign_in
def look(request: HttpRequest) -> HttpResponse:
    """Take an address; a worker reads the page there and proposes which claims it repeats."""
    _may(request, "decide_suspicion")
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        from claims.tasks import watch_suspect  # the physics is not loaded by every process that starts

        try:
            watch_suspect.delay(form.cleaned_data["url"])
        except OperationalError:
            messages.error(request, "The queue does not answer; try again later.")
        else:
            messages.success(request, "A worker reads the page; what it repeats comes into this queue.")
            return HttpResponseRedirect(reverse("desk:queue", args=["suspected"]))
    return desk_page(request, "desk/look.html", "Look at an address for claims", form=form, told=told())
