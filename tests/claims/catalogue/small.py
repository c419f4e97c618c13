"""A catalogue of a handful of rows, sound as it stands, to plant one fault at a time in."""

from pathlib import Path

OBJECT = """\
designation = "3I/ATLAS"
name = "3I/ATLAS"
kind = "interstellar comet"
discovery_date = "2025-07-01"
discovery_precision = "day"
discovery_source = "paper-2025"
live = true
"""
SOURCES = """\
[[source]]
id = "paper-2025"
title = "A nucleus in a coma"
authors_short = "Example et al."
year = 2025
doi = "10.5555/example"
arxiv = "2507.00001v2"
url = "https://journal.example/nucleus"
kind = "peer_reviewed"
tier = 2
reading = "abstract"
verification = "Abstract read."

[[source]]
id = "2025ApJ...989L..36S"
title = "Another paper"
authors_short = "Another et al."
bibcode = "2025ApJ...989L..36S"
kind = "peer_reviewed"
tier = 2
reading = "text"
verification = "Read."

[[source]]
id = "seed-text"
title = "An article under review"
authors_short = "author unknown"
kind = "seed_article"
tier = 7
reading = "text"
verification = "Supplied as text."
"""
MEASUREMENTS = """\
[[measurement]]
id = "radius-one"
object = "3I"
quantity = "nucleus_radius"
value = 1.3
plus = 0.2
minus = 0.2
limit = "value"
error_kind = "sigma"
unit = "km"
as_printed = "1.3 +/- 0.2 km"
observed_from = 2025-07-21T00:00:00Z
observed_to = 2025-07-21T23:59:59Z
leg = "inbound"
source = "paper-2025"
also_in = ["2025ApJ...989L..36S"]
verification = "verbatim"
disputed = false
series = "nucleus_radius"
statement = "The radius of the nucleus is 1.3 km."

[[measurement]]
id = "radius-old"
object = "3I"
quantity = "nucleus_radius"
value = 2.8
limit = "upper"
unit = "km"
as_printed = "< 2.8 km"
source = "paper-2025"
verification = "verbatim"
disputed = false
superseded_by = "radius-one"
statement = "The radius of the nucleus is below 2.8 km."

[[measurement]]
id = "found"
object = "3I"
quantity = "discovery_epoch"
value_time = "2025-07-01"
time_scale = "utc"
time_precision = "day"
unit = ""
source = "paper-2025"
verification = "verbatim"
disputed = false
statement = "3I was discovered on 1 July 2025."

[[measurement]]
id = "nickel"
object = "3I"
quantity = "presence"
subject = "nickel"
presence = "detected"
unit = ""
source = "paper-2025"
verification = "verbatim"
disputed = true
dispute_note = "Another group did not see it."
statement = "Nickel vapour was detected."
"""
CAMPAIGNS = """\
[[campaign]]
id = "hst-2025-07"
object = "3I"
facility = "HST"
instrument = "WFC3"
observed_from = 2025-07-21
observed_to = 2025-07-21
archive = "mast"
program_id = "17830"
program_id_confirmed = true
access_policy = "months:6"
first_public_date = 2025-08-07
first_public_source = "paper-2025"
first_public_kind = "image"
expected_release = "2026-01/2026-02"
expected_release_basis = "six months of the policy"
summary = "Hubble pictures of the coma."
sources = ["paper-2025"]
verification = "verbatim"
"""
ORBITS = """\
[[solution]]
id = "JPL26"
producer = "JPL"
kind = "osculating elements"
epoch_tdb_jd = 2460878.5
eccentricity = 6.1395
perihelion_distance_au = 1.3564
perihelion_time_tdb_jd = 2460977.98
longitude_of_ascending_node_deg = 322.16
argument_of_perihelion_deg = 128.01
inclination_deg = 175.11
arc_from = 2025-05-15
arc_to = 2025-08-27
source = "Horizons header"

[solution.sigma]
e = 1.4e-05

[[solution]]
id = "fit-1"
producer = "own fit"
default = true
kind = "state vector"
epoch_tdb_jd = 2460879.5
position_au = [1.0, 0.5, 0.25]
velocity_au_d = [0.01, 0.02, 0.03]
source = "own fit"

[solution.non_gravitational]
A1_au_d2 = 4.6e-08
A2_au_d2 = 1.9e-08
A3_au_d2 = 0.0
ALN = 1.0
NK = 0.0
NM = 2.0
NN = 0.0
R0_au = 1.0
DT_d = 0.0
"""
CLAIM = """\
slug = "wide-as-a-city"
object = "3I"
title = "3I is as wide as a city"
statement = "The nucleus of 3I is 46 km wide."
truth_condition = "The diameter of the nucleus is about 46 km."
kind = "measurement"
topic = "size-mass"
aliases = [
  "3I is as big as Manhattan",
  "the comet spans a whole city",
  "a nucleus of forty-six kilometres",
]
chart = "asserted_vs_measured"

[[asserted]]
quantity = "nucleus_radius"
value = 23.0
unit = "km"
relation = "eq"
note = "half of 46 km"

[[appearances]]
source = "seed-text"
locator = "paragraph 3"
phrase = "as wide as a city"
stance = "asserts"

[[related]]
slug = "found-in-june"
relation = "contradicts"

[[checks]]
name = "population_comparison"
params = { quantity = "nucleus_radius", object = "3I" }

[review]
verdict = "contradicted"
confidence = "high"
confidence_basis = "One measurement that resolves the nucleus."
one_line = "The measured radius is 1.3 km, not 23 km."
key_points = ["The coma is that wide.", "The nucleus is not."]
rationale = \"\"\"
RATIONALE
\"\"\"
would_change = "A direct image of the nucleus."
evidence_cutoff = 2026-11-22
next_review = 2027-02-20
proposed_by = "initial-catalogue"
reviewed_by = "catalogue-second-reading"
reviewed_on = 2026-11-22
review_note = "Compared with the abstract."
status = "second_read"

[[review.evidence]]
measurement = "radius-one"
stance = "refutes"

[[review.evidence]]
campaign = "hst-2025-07"
stance = "context"
note = "the pictures"

[[review.evidence]]
source = "2025ApJ...989L..36S"
stance = "context"
""".replace("RATIONALE", "\n".join(["The light of the coma is not the nucleus, which is small."] * 8))
OTHER_CLAIM = (
    CLAIM.replace('slug = "wide-as-a-city"', 'slug = "found-in-june"')
    .replace("The nucleus of 3I is 46 km wide.", "The object 3I was found in June 2025.")
    .replace("3I is as big as Manhattan", "3I was discovered in June")
    .replace("the comet spans a whole city", "somebody saw it already in June")
    .replace("a nucleus of forty-six kilometres", "June is the month of discovery")
    .replace('slug = "found-in-june"\nrelation', 'slug = "wide-as-a-city"\nrelation')
    .replace('quantity = "nucleus_radius"\nvalue = 23.0\nunit = "km"', 'quantity = "discovery_epoch"\nvalue = "2025-06"\nunit = ""')
)  # fmt: skip
FILES = {
    "objects/3I.toml": OBJECT,
    "sources.toml": SOURCES,
    "measurements/3I.toml": MEASUREMENTS,
    "campaigns/3I.toml": CAMPAIGNS,
    "orbits/3I.toml": ORBITS,
    "claims/wide-as-a-city.toml": CLAIM,
    "claims/found-in-june.toml": OTHER_CLAIM,
}


def write(folder: Path) -> Path:
    """Write the small catalogue under ``folder``/data and return that folder."""
    data = folder / "data"
    for name, text in FILES.items():
        file = data / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return data


def edit(data: Path, name: str, old: str, new: str) -> int:
    """Replace a text that stands in a file exactly once, and return the line it stood on."""
    file = data / name
    text = file.read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    file.write_text(text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1
