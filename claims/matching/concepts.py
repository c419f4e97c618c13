"""The vocabulary of the subject: which different words mean the same thing.

A concept is found by its words or phrases, compared by stem.  The lexicon serves both ways: it joins
wordings ("ship", "spacecraft of theirs", "craft") and it keeps apart what an encoder runs together
(nickel and iron, mass and size, Mars and Jupiter).  Nothing here knows a single claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from claims.matching.words import Token, tokens

_LEXICON = """
alien: alien, extraterrestrial, extra-terrestrial, civilization, intelligent life, intelligence, not alone, non-human, nonhuman, not human, little green men, beings, creatures, otherworldly, other world, somebody else
artificial: artificial, engineered, technology, technological, machine, machinery, built, constructed, device, manufactured, designed, man-made, industrial, spacecraft in disguise, spaceship, starship, alien ship, alien craft, craft, artificially, system not a comet, engineered system, hardware, artefact of technology
ship: spaceship, starship, ship, alien craft, vessel, spacecraft, craft, mothership
natural: natural, nature, naturally, ordinary, unnatural
purpose: purpose, on purpose, deliberate, deliberately, intention, intended, intentional, intentionally, preparing, prepares, purposeful, planned, mission, what does it want, getting ready, wants, arrival, arrived, arrives, arriving, not a coincidence, chose, intends
engine: engine, motor, thruster, thrust, propulsion, rocket, propelled, drive, powered, nozzle, exhaust, engine plume, under power, own power, firing, braking, thrusting
steering: steer, steered, steering, course, controlled, control, maneuver, manoeuvre, at the helm, guided, navigates, piloted, helm
course_change: change course, changed course, changed its course, altered its path, altered its course, alter course, turned toward, turned towards, made a turn, make a turn, turn towards, turned and, new path, left its path, left its old path, left the path, deviate, strayed, course change, off course, off its path, shifted the orbit, shift the orbit, changed its orbit, changed the orbit, change of the orbit, changed its trajectory, change its trajectory, no longer where, not where it should be, left its predicted path, turned around, swerve, veer, altered its trajectory
acceleration: accelerate, accelerated, acceleration, speed up, speeds up, picks up speed, push, pushed, non-gravitational, nongravitational, non gravitational, impulse, pushes, without gravity, wobble, deviation, thrust imbalance, gravity alone, pure gravity, follows gravity
sideways: sideways, transverse, transversely, lateral, not away from the sun, not pointing away
proof: prove, proves, proved, proof, proven, evidence, sign, confirms, confirmed, confirm, confirmation, established, beyond doubt, betrays, shown beyond, indication, shows that, sure sign, means that, verified
law: laws of physics, law of physics, physical law, laws of nature, physics, textbook, textbooks, rewrite, rewritten, rethink, foundations of astrophysics, violates, defies, defy
earth: earth, our planet, us, planet earth, home planet, terrestrial
mars: mars, martian, red planet, jezero
jupiter: jupiter, jovian, gas giant
venus: venus
sun: sun, solar, sunlight, star
hill: hill radius, hill sphere, gravitational border, gravitational sphere, sphere of influence, gravity field of jupiter, edge of jupiter
impact: hit, strike, collide, collision, crash, slam, impact, doomsday, smash, dangerous, dangerously, danger, threat, hazard, crash into, threaten
flyby: flyby, fly past, flew past, flew by, flew right past, passed, passage, pass, passing, closest approach, encounter, swept past, swing by, flies by, came closest, close approach, fly by
probe: probe, scout, drone, mini-probe, escort, escorts, mini-probes, scouts, satellite
companion: companion, escort, accompany, accompanied, accompanying, alongside, flank, flanked, flanking, trailing, trail, fleet, formation, small bodies, small objects, smaller objects, smaller bodies, smaller craft, little bodies, several objects, beside it, two bodies, three bodies, fragments in formation, follows, flying together, two extra, pair
formation: formation, tight formation, perfect order, synchronization, synchronized, in step, equal distance, in formation, tight group, in perfect order
swarm: swarm, fleet, cloud of objects, many small objects, solid bodies, solid fragments, solid objects
release_probe: release, drop, dropped, leave behind, deploy, seeded, send, launched, dispatched, sent
tail: tail
antitail: anti-tail, antitail, sunward tail, tail toward the sun, tail towards the sun, sunward spike, spike, pointing towards the sun, point to the sun, points to the sun, sunward side, sunward glow, toward the sun, towards the sun, sunward, pointed at the sun, tail that points at the sun, tails that point at the sun, direction of the sun, sun-facing, points at the sun, aimed at the sun, tails point away from the sun
jet: jet, plume, beam, geyser, spraying, stream of material, shooting, blasting, spewing
three_jets: three jets, three symmetrical jets, triangle, 120 degrees, 120 degree, three thrusters, triangular
forward: forward, direction of motion, direction of travel, ahead, along its motion, along the motion, in the direction in which, forward-pointing, direction it is flying, flight direction
outgassing: outgassing, gas release, sublimation, outgasses, outgas, gas is streaming, streaming gas
gas: gas, gases, gaseous, chemistry, chemical, coma, chemical emission, chemically
glow: glow, glowing, shine, shone, shining, light, luminous, self-luminous, illuminate, flare, gleam, shines
own_light: own light, self-luminous, by itself, headlight, own glow, generates its own, nuclear, light source, lit from within
reflected: reflect, reflected, reflecting, mirror, bounce
nuclear: nuclear, reactor, atomic power, fission, fusion, radioactive
energy: energy source, power source, source of energy, source of light, energy, power, light source, other source
green: green, emerald, greenish
blue: blue, bluer, bluish
color: color, tint, hue, turned blue, turned green
hot: hot, hotter, heat, thermal, warm, red-hot, temperature, heated, burns, burning
flash: flash, glint, flare, flashes, blink
streak: streak, stripe, line of light, trail, light trail, bright line, bright stripe, line across, cylinder, streaking, luminous cylinder, cylinder-shaped, razor-thin
perseverance: perseverance, rover, navcam, mastcam, jezero, curiosity
camera: camera, cameras, lens, imager
frames: frame, footage, video, timelapse, time-lapse, film, movie, pictures of the rover, clip
burns: stefan burns, amateur astronomer
dark: went dark, switched off, shut off, stopped delivering, shut down, cut the feed, stopped sending, turned off, stopped suddenly, lost its, went black, stopped working, stop working, blackout, blacked out
silent: silent, silence, stopped sending, stopped transmitting, blackout, ceased, went quiet, went completely quiet, stop transmitting, loss of signal, stops sending, fell silent, no data, quiet, channels were cut, cut off, communication loss, ceased transmitting
together: at the same moment, at the same time, at once, simultaneously, simultaneous, together, same instant, same moment, in unison, all at once
webb: webb, james webb, jwst, james webb telescope, space telescope
hubble: hubble
harvard: harvard
loeb: loeb, avi loeb
kaku_cox: kaku, michio, cox, brian cox, famous physicists, physicists
nasa: nasa, space agency, agency, agencies, officials, official, officially, authorities, jpl
esa: esa, european
cia: cia, intelligence service, glomar, intelligence agency, intelligence services
coverup: cover-up, cover up, covering up, secret, secretly, secrecy, hide, hiding, hidden, conceal, suppressed, withheld, withhold, withholding, kept secret, under lock and key, kept back, keep back, keeping back, refused, without telling, quietly, conspiracy, keeping under wraps
confirm_deny: confirm or deny, confirm nor deny, neither confirm, confirming nor denying, glomar
records: record, file, document, paper, archive
memo: memo, memos, internal notes, internal papers, internal documents, internal paper, internal note, leaked documents
leaked: leaked, leak, internal, unofficial
published: published, released, public, archive, release, publish, shown, available, downloaded, download, come out, reached the public, accessible
nothing_released: released nothing, nothing arrived, no images, never published, kept all, no picture, nothing from, no raw images, images are missing, not one picture, missing images, missing pictures, missing data, absent images, nothing was released, neither released, no raw data, images missing, absent, missing
verification: verification, verify, verified, checking, check, validation, extended verification, verified for longer, checking the data, checks
days: within days, a few days, only days, few days, days later, straight away, almost at once, after days, handful of days
normally: normally, usually, as a rule, typical, typically, usual, routinely, normal, under normal, generally
orbiter: orbiter, mro, tgo, mars express, trace gas orbiter, mars reconnaissance orbiter, orbiters, maven, exomars, mars fleet, spacecraft at mars, probe at mars, probes at mars, mars missions
mro: mro, mars reconnaissance orbiter, hirise
tgo_mex: tgo, mars express, trace gas orbiter, cassis, exomars
hirise: hirise
maven: maven
juno: juno, juice
meerkat: meerkat, south african
dsn: deep space network, dsn, deep-space antennas, deep space antennas
antenna: antenna, antennas, receiver, radio dish, dish, dishes
planetary_defense: planetary defense, planetary protection protocol, defense network, iawn, emergency protocol, alarm, on alert, defense protocol
radio: radio, frequency, megahertz, mhz, hydrogen line, broadcast, radio signal, radio frequency
signal: signal, pulse, pulses, transmission, transmitted, message, broadcast, burst, signature, pattern, spikes, beacon, transmit, radio contact, called, call, broadcasting
repeating: repeating, repeat, repeats, periodic, rhythmic, regular, every 22 seconds, 22 seconds, 22-second, again and again, over and over, interval, intervals, recurring, seconds apart
wow: wow, 1977
fibonacci: fibonacci, mathematical sequence, number pattern, number sequence, numeric sequence
resonance: resonance, electromagnetic resonance, electromagnetic effect, electromagnetic
hum: hum, humming, sound of an engine, machine-like, mechanical sound, buzz, mechanical hum, drone sound
audio: audio, recording, listened, sound, filtered, noise, listener, listeners
occupants: occupant, occupants, beings, on board, aboard, crew, non-human, biology, inside, living, creatures, passengers
metal: metal, metallic, alloy, metals, metallurgical, metallurgy, iron, nickel, metal vapor
alloy: alloy, unknown metal, alien metal, artificial metal, extraterrestrial alloy, manufactured metal, metallic alloy, extraterrestrial metal
metallurgy: metallurgy, forged, smelted, smelting, industrial process, controlled conditions, manufactured, industrial, foundry, made by a civilization, forge, forging, mines, produced artificially, melted and cast
nickel: nickel
iron: iron
ratio: ratio, outnumber, factor of ten, order of magnitude, tenfold, ten times, dominates, dominated, exceeds, times more, beats, ten atoms
dicarbon: dicarbon, c2, carbon chain, carbon chains, diatomic carbon, carbon molecules, green molecule
carbon_dioxide: carbon dioxide, co2
carbon: carbon, dicarbon, carbon dioxide
water: water, h2o, hydroxyl
cyanogen: cyanogen, cn
ice_dust: ice, dust, rock, icy, dusty, rocky
spectrum: spectrum, spectra, spectral, spectroscopy, spectrograph, spectroscopic, spectrometer, wavelength
leak: leak, leaks, leaking, sheds, shed, release, lose, losing, escape, escaping, gives off, emits, coming off, ejects, leaked, loses
detect: detect, found, discover, spotted, reveal, observed, measured, identify, saw, seen, pick up, recorded, turned up, catch
first: first, no object has ever, no body has ever, no other object, no other body, no comet has ever, no other comet, no other interstellar, never before, before anybody, unprecedented, without precedent, no earlier, for the first time, only object, had never, never seen, nobody had ever, no one had ever, nobody has ever, nobody had, had not been recorded, was ever, has ever, was never
rare: rare, rarely, rarity, practically never, almost never, hardly ever, practically never, unusual, exceptional, exception, seldom, scarcely
high: unusually high, extraordinary, remarkably, rich, record, far more, dominated, exceptionally, unusually, too much, lots of, unusually rich
process: process, model, mechanism, explain, explanation, account for, theory, understood, known process, at a loss, explains, formation, reproduce
impossible: impossible, no natural comet, no natural body, no natural object, no comet, nothing natural, cannot, can not, beyond, can't, no natural, not possible, could not, no comet can, nothing natural, inexplicable, could never, no comet could, only, unable
motion: move, motion, travel, trajectory, path, orbit, moves, flying, track, travels
orbit: orbit, trajectory, path, ephemeris, course, astrometry
predicted: predicted, calculated, computed, ephemeris, expected, where the comet should, where it should, foreseen
match: match, matched, lined up, aligned, agree, coincide, followed, exactly where, precisely where, lay precisely, agrees, matches
position: position, place, location
rotation: rotate, rotation, spin, spins, rotates, spinning, rotational, rotation period, turns on its axis
speed: speed, velocity, fast, quick, clocked, racing, per second, outran, rapid, faster, quicker, speeding
record_speed: faster than anything, fastest, fastest thing, speed record, nothing faster, nothing this quick, outran, quicker than anything, no meteor
meteor: meteor, meteors, shooting star
bright: brightness, brighten, brightened, brightening, brighter, surge, flared up, luminosity, lightcurve
perihelion: perihelion, closest point to the sun, near the sun, closest to the sun, close to the sun
behind: behind
eclipse: behind mars, behind the red planet, hidden by mars, eclipsed by mars, behind the disc, occulted, slipped behind, vanished behind, went behind, disappeared behind, occultation
behind_sun: behind the sun, screen, shield, conjunction, unseen, stay hidden, avoided being seen, used the sun, nobody could watch
fragment: broke apart, fell apart, break apart, fragmented, disintegrated, shattered, shatter, broke into pieces, breakup, pieces, torn, crumbled, exploded, disintegrate, break up, broke up, split, fell to pieces, broke in two, fragment, fall apart
mass: mass, massive, weigh, weighs, heavy, heavier, tonnes, tons, tips the scales, outweighs, weight, billion tons
mass_loss: lost about, mass lost, losing, shed, lost a sixth, per cent of its mass, percent of its mass, of its mass
density: dense, density, solid metal, lump
size: wide, size, diameter, across, kilometers wide, big as, measures, length, radius, end to end, large, largest, miles wide, width, in size
manhattan: manhattan
cigar: cigar, cigar-shaped, elongated
sail: light sail, solar sail, sail, radiation pressure, lightsail
oumuamua_word: oumuamua
borisov_word: borisov
million_times: million times, thousand times, million to one
discovered: discovered, discovery, first seen, found, known since, detected first, astronomers found, have known, been known
planets: planets, several planets, so many planets, planetary
chance: chance, probability, odds, improbable, random, coincidence, accident, likelihood, unlikely, fine-tuned, fine tuned, well aligned, too well, aligned, alignment, by accident, well-aligned, one in
cme: coronal mass ejection, cme, solar storm, solar eruption, plasma cloud, solar flare, sun fired
survive: survive, survived, withstood, unharmed, did nothing, intact, came through, survival, did not harm, undamaged, resist
pixel: pixel, pointing error, jitter, blur, smear, processing error, image error, artefact, artifact, image processing, image errors, tracking error, pixels
false_structure: false, phantom, artefact, artifact, not there, mimic, fake structure, false structures, false jet, spurious
image: image, picture, photograph, photo, photographed, imaged, captured, pictures, snapshot, snapped, took pictures, view
infrared: infrared
sources: thermal sources, heat sources, heat source, warm bodies, warm objects, heat signatures, thermal source, three sources, hot spots
arcs: arc, arcs, filament, filaments, lightning, electric, electrical, plasma bridge, ionized, currents, discharge, plasma
magnetic: magnetic, magnetism, magnetosphere, field lines
watch: observe, watching, monitor, observing, follow, keep watching, go on, observation, continue to monitor, track, keep following, monitoring, continue
future_watch: will keep, go on watching, continue to monitor, will go on, keep watching, keeps monitoring, keep following, as it leaves, as it departs, on its way out, way out, go on observing, more observations, will continue, keeps following, leaves the solar system
interplanetary: interplanetary, between the planets, own solar system, belongs to our solar system, orbits the sun, circles our own sun, our own sun, from our own
interstellar: interstellar, another star, other star, another solar system
jam: knocked out, jammed, destroyed, put out of action, lost contact, switched off by, died, disabled, loss of, knock out, killed, lost a mars orbiter
lost: lose, lost, loss
intercept: intercepted, intercept, flew past, diverted, met, flew by, flew right past, rendezvous, visited
scientists: scientist, astrophysicist, astronomer, expert, experts, researchers, physicist
favour: increasingly, gaining ground, gain traction, gaining traction, favor, believe, support, supporters, lean towards, theory, more and more, back the
mothership: mothership
comet: comet, cometary
ecliptic: ecliptic, plane of the planets
cocktail: combination, mix, mixture, cocktail, together, all at once, at the same time
"""

# What makes a claim remarkable, as against the plain facts around it.
REMARKABLE = frozenset(
    """alien artificial ship purpose engine steering course_change law coverup impossible occupants metallurgy alloy
    mothership own_light nuclear impact planetary_defense proof fragment jam intercept record_speed first rare
    nothing_released silent dark companion probe signal hum resonance wow fibonacci sail cigar chance survive flash
    manhattan million_times kaku_cox harvard cia memo verification eclipse behind_sun""".split()
)

_PHRASES: dict[tuple[str, ...], list[str]] = {}
for _line in _LEXICON.strip().splitlines():
    _name, _words = _line.split(": ", 1)
    for _phrase in _words.split(", "):
        _key = tuple(token.stem for token in tokens(_phrase))
        if _name not in _PHRASES.setdefault(_key, []):
            _PHRASES[_key].append(_name)
# the longest phrase that begins with a stem: most stems begin none
_LONGEST: dict[str, int] = {}
for _key in _PHRASES:
    _LONGEST[_key[0]] = max(_LONGEST.get(_key[0], 0), len(_key))


class Found(NamedTuple):
    """A concept and the tokens (first, beyond last) that express it."""

    concept: str
    first: int
    stop: int


def concepts(words: Sequence[Token]) -> list[Found]:
    """The concepts of a sentence; a phrase counts besides the words it is made of."""
    stems = [token.stem for token in words]
    found: list[Found] = []
    for first, stem in enumerate(stems):
        for stop in range(first + 1, min(first + _LONGEST.get(stem, 0), len(stems)) + 1):
            found += [Found(name, first, stop) for name in _PHRASES.get(tuple(stems[first:stop]), ())]
    return found


def concept_set(words: Sequence[Token]) -> frozenset[str]:
    """The names of the concepts of a sentence."""
    return frozenset(found.concept for found in concepts(words))
