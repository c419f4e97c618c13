"""Keeps locale/de in step with templates and code: `extract` adds what is new and drops what is gone, `compile` writes the .mo.

Strings come from `{% translate %}` and `{% blocktranslate %}` in templates, from `gettext`, `ngettext` and `gettext_noop` in
code.  Django's own extraction needs GNU gettext on the machine; Babel reads and writes the same files without it.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "locale" / "de" / "LC_MESSAGES" / "django.po"
CODE = ("config", "claims", "ephemeris")
# what only editors see stays in the language of the record
NOT_PUBLIC = ("admin", "desk", "account", "mfa")
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "gettext_noop": None, "gettext_lazy": None, "_": None}
_STRING = r"""[uU]?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
LITERAL = re.compile(_STRING)
CALL = re.compile(rf"\b(n?gettext|_)\(((?:\s*{_STRING}\s*,?)+)")

Found = tuple[str | tuple[str, str], str]


def texts() -> Iterator[Found]:
    """Every text to translate, with the file it stands in."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if path.relative_to(ROOT / "templates").parts[0] not in NOT_PUBLIC:
            yield from _in_template(path.read_text(), path)
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from _in_python(path.read_text(), path)
    yield from ((words, "claims/scales.py") for words in _of_the_scales())


def _of_the_scales() -> Iterator[str]:
    """Labels and meanings of every scale; signs such as "=" need no translation."""
    sys.path.insert(0, str(ROOT))
    from claims import scales

    for verdict in scales.VERDICTS.values():
        yield from (verdict.label, verdict.meaning)
    for name, scale in vars(scales).items():
        if name.isupper() and isinstance(scale, dict):
            yield from (words for words in scale.values() if isinstance(words, str) and words[0].isalnum())


def _in_template(text: str, path: Path) -> Iterator[Found]:
    """What `templatize` leaves of a template is calls in a sea of X: not quite Python, so the calls are picked out."""
    for function, arguments in CALL.findall(templatize(text)):
        strings = [ast.literal_eval(literal) for literal in LITERAL.findall(arguments)]
        if function == "ngettext":
            yield (strings[0], strings[1]), path.relative_to(ROOT).as_posix()
        else:
            yield strings[0], path.relative_to(ROOT).as_posix()


def _in_python(text: str, path: Path) -> Iterator[Found]:
    for _, function, message, _ in extract_python(io.BytesIO(text.encode()), KEYWORDS, (), {}):
        if function == "ngettext" and isinstance(message, tuple):
            yield (str(message[0]), str(message[1])), path.relative_to(ROOT).as_posix()
        elif message:
            yield (
                str(message[0] if isinstance(message, tuple) else message),
                path.relative_to(ROOT).as_posix(),
            )


def wanted(known: Catalog) -> Catalog:
    """The catalogue of exactly the texts there are, with the translations that are known."""
    catalogue = Catalog(
        locale="de", project="Hyperbole", header_comment="# German interface of Hyperbole.", fuzzy=False,
        creation_date=known.creation_date, revision_date=known.revision_date,
    )  # fmt: skip
    files: dict[str | tuple[str, str], set[str]] = {}
    for message, file in texts():
        files.setdefault(message, set()).add(file)
    for message in sorted(files, key=lambda text: text if isinstance(text, str) else text[0]):
        first = message if isinstance(message, str) else message[0]
        before = known.get(first)
        given = before.string if before else ""
        if isinstance(message, tuple) and not isinstance(given, tuple):
            given = (given, given)
        catalogue.add(message, given, locations=[(file, 0) for file in sorted(files[message])])
    return catalogue


def missing(catalogue: Catalog) -> list[str]:
    """Texts without a translation, or with one that names other placeholders."""
    faults = []
    for message in catalogue:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(strings):
            faults.append(f"not translated: {message.id!r}")
        faults += [f"{message.id!r}: {fault}" for fault in message.check(catalogue)]
    return faults


def read() -> Catalog:
    """The catalogue as it is kept."""
    return read_po(io.BytesIO(SOURCE.read_bytes()), locale="de") if SOURCE.exists() else Catalog(locale="de")


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as it is written: no line numbers, which change with every edit."""
    out = io.BytesIO()
    write_po(out, catalogue, width=116, include_lineno=False, omit_header=False)
    return out.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """What Django loads."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main(verb: str) -> int:
    """Bring the files in step; with ``compile`` fail while a translation is missing."""
    if verb not in ("extract", "compile"):
        print("usage: tools/translations.py extract|compile", file=sys.stderr)
        return 2
    catalogue = wanted(read())
    SOURCE.parent.mkdir(parents=True, exist_ok=True)
    SOURCE.write_bytes(as_po(catalogue))
    faults = missing(catalogue)
    print("\n".join(faults))
    if verb == "extract":
        return 0
    SOURCE.with_suffix(".mo").write_bytes(as_mo(catalogue))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
