"""The quantities a measurement can be of: name, symbol, unit, meaning.

One line a quantity, one unit per quantity (an astropy unit string; empty for pure numbers, times
and texts).  Ratios and production rates are linear even where the field prints logarithms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class QuantityKind:
    """What a number means and how it is customarily drawn.

    ``kind`` is number, time, presence or text; ``log10_customary`` asks for a logarithmic axis;
    ``title`` is the quantity in words, as an axis title has it.
    """

    key: str
    symbol: str
    unit: str
    meaning: str
    log10_customary: bool = False
    kind: Literal["number", "time", "presence", "text"] = "number"

    @property
    def title(self) -> str:
        """The quantity in words: ``nucleus radius``, ``nickel released``."""
        return _TITLES.get(self.key, self.key.replace("_", " "))


# Titles that do not read well when simply taken from the key.
_TITLES = {
    "perihelion_distance": "distance at perihelion",
    "inclination": "orbital inclination",
    "excess_speed": "speed far from the Sun",
    "heliocentric_speed": "speed relative to the Sun",
    "close_approach_distance": "closest distance",
    "close_approach_epoch": "time of closest approach",
    "heliocentric_distance": "distance from the Sun",
    "observer_distance": "distance from the observer",
    "distance_in_radii": "distance in planet radii",
    "hill_radius": "Hill radius",
    "solar_elongation": "angle from the Sun",
    "angular_displacement": "shift in the sky",
    "apparent_motion": "apparent motion in the sky",
    "pointing_limit_min": "smallest angle from the Sun allowed",
    "pointing_limit_max": "largest angle from the Sun allowed",
    "local_mean_solar_time": "local mean solar time",
    "orbit_accuracy_gain": "gain in orbit accuracy",
    "nongravitational_a1": "radial non-gravitational acceleration A1",
    "nongravitational_a2": "transverse non-gravitational acceleration A2",
    "nongravitational_a3": "normal non-gravitational acceleration A3",
    "nongravitational_delay": "delay of the non-gravitational push",
    "nongravitational_acceleration": "non-gravitational acceleration",
    "nongravitational_to_gravity_ratio": "push relative to solar gravity",
    "nongravitational_displacement": "shift caused by the push",
    "detection_significance": "significance, standard deviations",
    "equivalent_radius_with_coma": "radius if all light came from the nucleus",
    "albedo_cross_section": "albedo times cross-section",
    "mass_lost_fraction": "share of the mass lost",
    "surface_erosion_depth": "depth of surface lost",
    "axis_length": "axis length",
    "lightcurve_amplitude": "light-curve amplitude",
    "heliocentric_brightness_index": "brightening exponent n",
    "polarization_minimum": "deepest negative polarization",
    "polarization_inversion_angle": "polarization inversion angle",
    "mass_rate_dust": "dust lost per second",
    "grain_size": "dust grain size",
    "grain_speed": "dust grain speed",
    "radiation_pressure_beta": "radiation pressure over gravity",
    "afrho": "dust activity A(0)f\u03c1",
    "sunward_feature_length": "length of the sunward feature",
    "production_rate_h2o": "water (H\u2082O) released",
    "production_rate_oh": "hydroxyl (OH) released",
    "production_rate_co2": "carbon dioxide (CO\u2082) released",
    "production_rate_co": "carbon monoxide (CO) released",
    "production_rate_cn": "cyanogen radical (CN) released",
    "production_rate_c2": "dicarbon (C\u2082) released",
    "production_rate_nh": "NH released",
    "production_rate_hcn": "hydrogen cyanide (HCN) released",
    "production_rate_ni": "nickel (Ni) released",
    "production_rate_fe": "iron (Fe) released",
    "mass_rate_h2o": "water lost per second",
    "mass_rate_co2": "carbon dioxide lost per second",
    "mass_rate_ni": "nickel lost per second",
    "production_rate_slope": "slope of the production rate",
    "onset_distance": "distance of first appearance",
    "flux_change_factor": "change of flux",
    "metal_output_relative_to_comets": "metal output relative to typical comets",
    "ratio_co2_h2o": "carbon dioxide to water (CO\u2082/H\u2082O)",
    "ratio_co_h2o": "carbon monoxide to water (CO/H\u2082O)",
    "ratio_co2_co": "carbon dioxide to carbon monoxide (CO\u2082/CO)",
    "ratio_ni_fe": "nickel to iron (Ni/Fe)",
    "ratio_ni_fe_to_solar": "nickel-to-iron ratio over the solar one",
    "ratio_c2_cn": "dicarbon to CN (C\u2082/CN)",
    "ratio_ni_cn": "nickel to CN (Ni/CN)",
    "ratio_ch4_h2o": "methane to water (CH\u2084/H\u2082O)",
    "ratio_ch3oh_hcn": "methanol to hydrogen cyanide (CH\u2083OH/HCN)",
    "ratio_co_hcn": "carbon monoxide to hydrogen cyanide (CO/HCN)",
    "ratio_d_h": "deuterium to hydrogen in water (D/H)",
    "ratio_12c_13c": "carbon isotopes (\u00b9\u00b2C/\u00b9\u00b3C)",
    "ratio_14n_15n": "nitrogen isotopes (\u00b9\u2074N/\u00b9\u2075N)",
    "ratio_ortho_para_h2o": "ortho-to-para ratio of water",
    "e_folding_radius": "e-folding radius",
    "coma_angular_radius": "angular radius of the coma",
    "xray_halo_radius": "radius of the X-ray halo",
    "eirp_limit": "power of a transmitter (EIRP)",
    "signal_period": "period of a signal",
    "signal_frequency": "frequency of a signal or line",
    "line_velocity": "velocity of a line",
    "line_wavelength": "wavelength of a line",
    "band_min_wavelength": "short end of the range",
    "band_max_wavelength": "long end of the range",
    "band_min_frequency": "low end of the range",
    "band_max_frequency": "high end of the range",
    "pixel_scale_angular": "angle of one pixel",
    "pixel_scale_linear": "length covered by one pixel",
    "count": "number counted",
    "fraction": "share",
    "discovery_epoch": "date of discovery",
    "public_release_epoch": "first public release",
    "event_epoch": "date of the event",
    "release_interval": "time from observation to release",
}

_LINES = (
    QuantityKind(
        "eccentricity",
        "e",
        "",
        "Osculating eccentricity of the heliocentric orbit; above 1 the body is not bound to the Sun.",
    ),
    QuantityKind("perihelion_distance", "q", "au", "Smallest distance from the Sun."),
    QuantityKind(
        "inclination",
        "i",
        "deg",
        "Tilt of the orbit against the ecliptic; above 90 degrees the motion is retrograde.",
    ),
    QuantityKind("perihelion_epoch", "T", "", "Moment of smallest distance from the Sun.", kind="time"),
    QuantityKind(
        "excess_speed",
        "v_inf",
        "km / s",
        "Speed relative to the Sun far away from it (hyperbolic excess speed).",
    ),
    QuantityKind("heliocentric_speed", "v", "km / s", "Speed relative to the Sun at the stated time."),
    QuantityKind(
        "relative_speed",
        "v_rel",
        "km / s",
        "Speed relative to a named planet or spacecraft at the stated time.",
    ),
    QuantityKind(
        "close_approach_distance", "d_min", "au", "Smallest distance from a named planet during one passage."
    ),
    QuantityKind(
        "close_approach_epoch", "t_min", "", "Moment of smallest distance from a named planet.", kind="time"
    ),
    QuantityKind("heliocentric_distance", "r_h", "au", "Distance from the Sun."),
    QuantityKind(
        "observer_distance",
        "Delta",
        "km",
        "Distance between a named observer or planet and the object at the stated time.",
    ),
    QuantityKind("distance_in_radii", "d/R", "", "Distance expressed in radii of a named planet."),
    QuantityKind(
        "hill_radius", "r_Hill", "au", "Radius of the region where a planet's gravity outweighs solar tides."
    ),
    QuantityKind(
        "solar_elongation", "epsilon", "deg", "Angle between the object and the Sun seen by a named observer."
    ),
    QuantityKind(
        "angular_separation", "theta", "deg", "Angle between two directions seen by a named observer."
    ),
    QuantityKind(
        "angular_displacement",
        "delta theta",
        "arcmin",
        "Change of direction against the stars over a stated time.",
    ),
    QuantityKind(
        "apparent_motion", "mu", "arcsec / s", "Rate of angular motion in the sky of a named observer."
    ),
    QuantityKind(
        "pointing_limit_min",
        "epsilon_min",
        "deg",
        "Smallest angle from the Sun at which a telescope may point.",
    ),
    QuantityKind(
        "pointing_limit_max",
        "epsilon_max",
        "deg",
        "Largest angle from the Sun at which a telescope may point.",
    ),
    QuantityKind(
        "local_mean_solar_time",
        "LMST",
        "h",
        "Local mean solar time at a site, in planetary hours from midnight.",
    ),
    QuantityKind(
        "orbit_accuracy_gain",
        "gain",
        "",
        "Factor by which new astrometry shrinks the uncertainty of the predicted position.",
    ),
    QuantityKind(
        "nongravitational_a1",
        "A1",
        "au / d2",
        "Radial non-gravitational acceleration scaled to 1 au (Marsden).",
        log10_customary=True,
    ),
    QuantityKind(
        "nongravitational_a2",
        "A2",
        "au / d2",
        "Transverse non-gravitational acceleration scaled to 1 au (Marsden).",
        log10_customary=True,
    ),
    QuantityKind(
        "nongravitational_a3",
        "A3",
        "au / d2",
        "Non-gravitational acceleration normal to the orbit plane, scaled to 1 au (Marsden).",
    ),
    QuantityKind(
        "nongravitational_delay",
        "DT",
        "d",
        "Time by which the push lags behind the distance from the Sun (Marsden).",
    ),
    QuantityKind(
        "nongravitational_acceleration",
        "a_ng",
        "au / d2",
        "Size of the non-gravitational acceleration scaled to 1 au, direction not specified.",
        log10_customary=True,
    ),
    QuantityKind(
        "nongravitational_to_gravity_ratio",
        "a_ng/g",
        "",
        "Non-gravitational push divided by solar gravity at the same distance.",
        log10_customary=True,
    ),
    QuantityKind(
        "nongravitational_displacement",
        "delta x",
        "km",
        "Shift of position caused by the non-gravitational push over a stated time.",
        log10_customary=True,
    ),
    QuantityKind(
        "detection_significance",
        "N_sigma",
        "",
        "Significance of a detection or of an outlier in standard deviations.",
    ),
    QuantityKind(
        "nucleus_radius", "r_n", "km", "Effective radius of the solid nucleus; printed diameters are halved."
    ),
    QuantityKind(
        "equivalent_radius_with_coma",
        "r_eq",
        "km",
        "Radius a bare body would need to give the observed light when coma light is not removed; an upper bound on the nucleus.",
    ),
    QuantityKind(
        "albedo_cross_section", "p_V C", "km2", "Product of albedo and cross-section of the nucleus."
    ),
    QuantityKind("geometric_albedo", "p_V", "", "Fraction of light reflected straight back."),
    QuantityKind("nucleus_mass", "M_n", "kg", "Mass of the nucleus.", log10_customary=True),
    QuantityKind(
        "mass_ratio",
        "M/M",
        "",
        "Mass of one body divided by the mass of another named body.",
        log10_customary=True,
    ),
    QuantityKind("bulk_density", "rho", "g / cm3", "Mass of the nucleus divided by its volume."),
    QuantityKind(
        "mass_lost_fraction",
        "delta M/M",
        "",
        "Share of the nucleus mass lost in a stated event or passage.",
        log10_customary=True,
    ),
    QuantityKind("surface_erosion_depth", "delta r", "m", "Thickness of surface lost in the passage."),
    QuantityKind(
        "axis_ratio", "a/b", "", "Ratio of the longest to the shortest apparent axis of the nucleus."
    ),
    QuantityKind(
        "axis_length",
        "a",
        "m",
        "Diameter of the body along one axis of a shape model; the subject says which.",
    ),
    QuantityKind("rotation_period", "P_rot", "h", "Period of rotation of the nucleus."),
    QuantityKind("jet_period", "P_jet", "h", "Period with which the direction of a jet repeats."),
    QuantityKind(
        "lightcurve_amplitude", "delta m", "mag", "Peak-to-peak change of brightness attributed to rotation."
    ),
    QuantityKind(
        "equilibrium_temperature",
        "T_eq",
        "K",
        "Black-body temperature of a small body at the stated distance from the Sun.",
    ),
    QuantityKind(
        "phase_change_temperature",
        "T",
        "K",
        "Temperature at which a named material turns into vapour; the subject says under which conditions.",
    ),
    QuantityKind(
        "heliocentric_brightness_index",
        "n",
        "",
        "Exponent n in brightness proportional to r_h to the power -n.",
    ),
    QuantityKind("apparent_magnitude", "m", "mag", "Brightness in magnitudes for a named observer."),
    QuantityKind("polarization_minimum", "P_min", "%", "Deepest negative linear polarization."),
    QuantityKind(
        "polarization_inversion_angle",
        "alpha_0",
        "deg",
        "Phase angle at which the polarization changes sign.",
    ),
    QuantityKind(
        "mass_rate_dust", "dM_d/dt", "kg / s", "Mass of dust lost per second.", log10_customary=True
    ),
    QuantityKind(
        "grain_size", "a_d", "um", "Size of the dust grains that dominate the light.", log10_customary=True
    ),
    QuantityKind("grain_speed", "v_d", "m / s", "Speed at which dust grains leave the nucleus."),
    QuantityKind(
        "radiation_pressure_beta",
        "beta",
        "",
        "Radiation pressure on a grain divided by solar gravity.",
        log10_customary=True,
    ),
    QuantityKind(
        "afrho",
        "A(0)f rho",
        "cm",
        "Dust activity measure A f rho reduced to zero phase.",
        log10_customary=True,
    ),
    QuantityKind(
        "sunward_feature_length",
        "L",
        "km",
        "Length of the dust feature pointing towards the Sun.",
        log10_customary=True,
    ),
    QuantityKind(
        "production_rate_h2o",
        "Q(H2O)",
        "1 / s",
        "Number of molecules or atoms of water released per second.",
        log10_customary=True,
    ),
    QuantityKind(
        "production_rate_oh",
        "Q(OH)",
        "1 / s",
        "Number of molecules or atoms of hydroxyl (OH) released per second.",
        log10_customary=True,
    ),
    QuantityKind(
        "production_rate_co2",
        "Q(CO2)",
        "1 / s",
        "Number of molecules or atoms of carbon dioxide released per second.",
        log10_customary=True,
    ),
    QuantityKind(
        "production_rate_co",
        "Q(CO)",
        "1 / s",
        "Number of molecules or atoms of carbon monoxide released per second.",
        log10_customary=True,
    ),
    QuantityKind(
        "production_rate_cn",
        "Q(CN)",
        "1 / s",
        "Number of molecules or atoms of the CN radical released per second.",
        log10_customary=True,
    ),
    QuantityKind(
        "production_rate_c2",
        "Q(C2)",
        "1 / s",
        "Number of molecules or atoms of dicarbon (C2) released per second.",
        log10_customary=True,
    ),
    QuantityKind(
        "production_rate_nh",
        "Q(NH)",
        "1 / s",
        "Number of molecules or atoms of NH released per second.",
        log10_customary=True,
    ),
    QuantityKind(
        "production_rate_hcn",
        "Q(HCN)",
        "1 / s",
        "Number of molecules or atoms of hydrogen cyanide released per second.",
        log10_customary=True,
    ),
    QuantityKind(
        "production_rate_ni",
        "Q(Ni)",
        "1 / s",
        "Number of molecules or atoms of atomic nickel released per second.",
        log10_customary=True,
    ),
    QuantityKind(
        "production_rate_fe",
        "Q(Fe)",
        "1 / s",
        "Number of molecules or atoms of atomic iron released per second.",
        log10_customary=True,
    ),
    QuantityKind(
        "mass_rate_h2o", "dM/dt(H2O)", "kg / s", "Mass of water released per second.", log10_customary=True
    ),
    QuantityKind(
        "mass_rate_co2",
        "dM/dt(CO2)",
        "kg / s",
        "Mass of carbon dioxide released per second.",
        log10_customary=True,
    ),
    QuantityKind(
        "mass_rate_ni",
        "dM/dt(Ni)",
        "kg / s",
        "Mass of atomic nickel released per second.",
        log10_customary=True,
    ),
    QuantityKind(
        "production_rate_slope",
        "k",
        "",
        "Exponent k in Q proportional to r_h to the power k; the species is named in subject.",
    ),
    QuantityKind(
        "onset_distance", "r_on", "au", "Distance from the Sun at which a named species first appears."
    ),
    QuantityKind(
        "flux_change_factor",
        "F2/F1",
        "",
        "Ratio of a flux or feature strength between two stated epochs.",
        log10_customary=True,
    ),
    QuantityKind(
        "metal_output_relative_to_comets",
        "Q_metal/Q_typ",
        "",
        "Total nickel and iron output relative to typical Solar System comets at the same distance.",
        log10_customary=True,
    ),
    QuantityKind(
        "ratio_co2_h2o", "CO2/H2O", "", "Carbon dioxide relative to water, by number.", log10_customary=True
    ),
    QuantityKind(
        "ratio_co_h2o", "CO/H2O", "", "Carbon monoxide relative to water, by number.", log10_customary=True
    ),
    QuantityKind("ratio_co2_co", "CO2/CO", "", "Carbon dioxide relative to carbon monoxide, by number."),
    QuantityKind(
        "ratio_ni_fe",
        "Ni/Fe",
        "",
        "Atomic nickel relative to atomic iron in the coma, by number.",
        log10_customary=True,
    ),
    QuantityKind(
        "ratio_ni_fe_to_solar",
        "(Ni/Fe)/(Ni/Fe)_sun",
        "",
        "Nickel-to-iron ratio divided by the solar one.",
        log10_customary=True,
    ),
    QuantityKind(
        "ratio_c2_cn",
        "C2/CN",
        "",
        "Dicarbon relative to CN, by production rate; the usual test of carbon-chain depletion.",
        log10_customary=True,
    ),
    QuantityKind(
        "ratio_ni_cn", "Ni/CN", "", "Atomic nickel relative to CN, by production rate.", log10_customary=True
    ),
    QuantityKind(
        "ratio_ch4_h2o", "CH4/H2O", "", "Methane relative to water, by number.", log10_customary=True
    ),
    QuantityKind(
        "ratio_ch3oh_hcn",
        "CH3OH/HCN",
        "",
        "Methanol relative to hydrogen cyanide, by production rate.",
        log10_customary=True,
    ),
    QuantityKind(
        "ratio_co_hcn",
        "CO/HCN",
        "",
        "Carbon monoxide relative to hydrogen cyanide, by number.",
        log10_customary=True,
    ),
    QuantityKind("ratio_d_h", "D/H", "", "Deuterium relative to hydrogen in water.", log10_customary=True),
    QuantityKind("ratio_12c_13c", "12C/13C", "", "Carbon isotope ratio in a named molecule."),
    QuantityKind("ratio_14n_15n", "14N/15N", "", "Nitrogen isotope ratio in a named molecule."),
    QuantityKind("ratio_ortho_para_h2o", "OPR(H2O)", "", "Ortho-to-para ratio of water."),
    QuantityKind(
        "e_folding_radius",
        "r_e",
        "km",
        "Distance from the nucleus over which the brightness of a named species falls by a factor e.",
        log10_customary=True,
    ),
    QuantityKind(
        "coma_angular_radius", "theta_c", "arcmin", "Angular radius to which a gas coma is resolved."
    ),
    QuantityKind(
        "xray_halo_radius", "r_X", "km", "Radius to which X-ray emission is traced.", log10_customary=True
    ),
    QuantityKind("age", "t", "Gyr", "Age of the body from motion or chemistry; a model result."),
    QuantityKind("count", "N", "", "Number of things counted; the subject says what."),
    QuantityKind("fraction", "f", "", "Share of a whole; the subject says of what."),
    QuantityKind(
        "probability",
        "p",
        "",
        "Probability as stated by its author; the reference set is named in the note.",
        log10_customary=True,
    ),
    QuantityKind(
        "eirp_limit",
        "EIRP",
        "W",
        "Power of a transmitter radiating equally in all directions, or the upper limit on it.",
        log10_customary=True,
    ),
    QuantityKind("signal_period", "P_s", "s", "Repetition time of a claimed signal.", log10_customary=True),
    QuantityKind("signal_frequency", "f", "MHz", "Radio frequency of a line or claimed signal."),
    QuantityKind(
        "line_velocity",
        "v_line",
        "km / s",
        "Velocity of a spectral line as printed; the reference frame was not read.",
    ),
    QuantityKind(
        "line_wavelength", "lambda", "nm", "Wavelength of a spectral line, or centre of a group of lines."
    ),
    QuantityKind("band_min_wavelength", "lambda_min", "um", "Short end of the range an instrument covers."),
    QuantityKind("band_max_wavelength", "lambda_max", "um", "Long end of the range an instrument covers."),
    QuantityKind("band_min_frequency", "f_min", "GHz", "Low end of the radio range covered."),
    QuantityKind("band_max_frequency", "f_max", "GHz", "High end of the radio range covered."),
    QuantityKind("pixel_scale_angular", "s", "arcsec", "Angle covered by one pixel."),
    QuantityKind(
        "pixel_scale_linear",
        "s_lin",
        "km",
        "Length covered by one pixel at the distance of the object.",
        log10_customary=True,
    ),
    QuantityKind("exposure_time", "t_exp", "s", "Exposure of a single frame."),
    QuantityKind(
        "duration", "delta t", "d", "Length of a window, campaign or pause; hours are converted to days."
    ),
    QuantityKind("discovery_epoch", "t_disc", "", "Date of discovery.", kind="time"),
    QuantityKind(
        "public_release_epoch", "t_pub", "", "First date on which a result or image was public.", kind="time"
    ),
    QuantityKind(
        "event_epoch",
        "t_ev",
        "",
        "Date of a named event that is neither a discovery nor a release.",
        kind="time",
    ),
    QuantityKind(
        "release_interval",
        "t_pub - t_obs",
        "d",
        "Time from observation to first public image, data or statement.",
    ),
    QuantityKind(
        "presence",
        "present",
        "",
        "Whether a named species or feature was detected, not detected, or seen tentatively.",
        kind="presence",
    ),
    QuantityKind(
        "finding",
        "text",
        "",
        "A published or agency statement without a number of its own; the statement carries the content.",
        kind="text",
    ),
)

QUANTITIES: dict[str, QuantityKind] = {line.key: line for line in _LINES}
if len(QUANTITIES) != len(_LINES):
    raise RuntimeError("science/vocabulary.py names a quantity twice")
if _TITLES.keys() - QUANTITIES.keys():
    raise RuntimeError(
        f"science/vocabulary.py titles unknown quantities {_TITLES.keys() - QUANTITIES.keys()}"
    )
