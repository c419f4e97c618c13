"""Constellations against astropy, which does the same with other code, over the whole sky."""

import numpy as np

from science.constellations import constellation


def test_every_direction_lies_where_astropy_says() -> None:
    import astropy.units as u
    from astropy.coordinates import SkyCoord, get_constellation

    draws = np.random.default_rng(3)
    ra = draws.uniform(0.0, 360.0, 400)
    dec = np.degrees(np.arcsin(draws.uniform(-1.0, 1.0, 400)))
    expected = get_constellation(SkyCoord(ra * u.deg, dec * u.deg, frame="icrs"))
    ours = [constellation(float(one), float(other)) for one, other in zip(ra, dec, strict=True)]
    assert ours == list(expected)
    assert len(set(ours)) > 60


def test_the_poles_have_their_bears_and_octants() -> None:
    assert constellation(0.0, 90.0) == "Ursa Minor"
    assert constellation(0.0, -90.0) == "Octans"
