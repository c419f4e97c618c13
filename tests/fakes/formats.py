"""Which format the fake speaks for which host."""

from __future__ import annotations

from tests.fakes.json_formats import cobs, gemini, hirise, mars2020, mast, mpc, pds
from tests.fakes.vo_formats import alma, cadc, eso, heasarc, irsa, koa, psa, xsa
from tests.fakes.wire_format import Format

# the fake answers as the archive whose host it is called by
FORMATS: dict[str, Format] = {
    "archive.eso.org": eso,
    "almascience.eso.org": alma,
    "psa.esa.int": psa,
    "irsa.ipac.caltech.edu": irsa,
    "heasarc.gsfc.nasa.gov": heasarc,
    "nxsa.esac.esa.int": xsa,
    "ws.cadc-ccda.hia-iha.nrc-cnrc.gc.ca": cadc,
    "koa.ipac.caltech.edu": koa,
    "mast.stsci.edu": mast,
    "archive.gemini.edu": gemini,
    "pds.nasa.gov": pds,
    "oderest.rsl.wustl.edu": hirise,
    "mars.nasa.gov": mars2020,
    "data.minorplanetcenter.net": mpc,
    "cobs.si": cobs,
}
