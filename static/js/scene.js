// The scene of an object's page: its path among the planets, with a date to move and places to look from.
//
// The page stands without this file: a printed plan and a table say the same.  It expects, inside
// <figure class="scene" data-plotly="URL of the WebGL bundle" data-scene="URL">:
//   .scene-stage              the printed plan; the scene takes its place
//   .scene-controls[hidden]   input[type=range], button.scene-play, select.scene-view, output.scene-date,
//                             .scene-claims[hidden], which receives links after data-words
//   figcaption                of the plan; the scene brings its own
// and in data-scene the address of {figure, slider, caption}: the figure with the role of every colour in trace.meta.role,
// dates, places, distances and the claims of each day.  Links with data-scene-link set date and view.
// State stands in the address (#date=2025-10-03&view=Mars), so that a moment can be sent to somebody.

const NEAR = "200px";
const STEP_MS = 80;
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

function loaded(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error(`scene: ${url} was not loaded`));
    document.head.append(script);
  });
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  return (role) => style.getPropertyValue(`--chart-${role}`).trim();
}

function recoloured(figure) {
  const colour = colours();
  const copy = structuredClone(figure);
  for (const trace of copy.data) {
    const own = colour(trace.meta?.role);
    for (const part of [trace.line, trace.marker]) if (part && own) part.color = own;
    if (trace.textfont) trace.textfont.color = colour(trace.name === "events" ? "muted" : "ink") || trace.textfont.color;
  }
  copy.layout.paper_bgcolor = colour("paper") || copy.layout.paper_bgcolor;
  copy.layout.font = { ...copy.layout.font, color: colour("ink") || copy.layout.font.color };
  for (const axis of ["xaxis", "yaxis", "zaxis"]) {
    const own = copy.layout.scene[axis];
    own.gridcolor = own.zerolinecolor = colour("grid") || own.gridcolor;
    own.tickfont = { ...own.tickfont, color: colour("muted") };
  }
  return copy;
}

function nearestIndex(dates, text) {
  const wanted = Date.parse(text);
  if (Number.isNaN(wanted)) return null;
  let best = 0;
  dates.forEach((date, index) => {
    if (Math.abs(Date.parse(date) - wanted) < Math.abs(Date.parse(dates[best]) - wanted)) best = index;
  });
  return best;
}

// The scene's box spans 1.6 units, so a place in au is this many of the camera's units.
const unit = (slider) => 0.8 / slider.reach;

function camera(slider, view, index) {
  const scale = unit(slider);
  const at = (body) => slider.places[body][index].map((value) => value * scale);
  const [x, y, z] = at(slider.body);
  if (view === "above") return { eye: { x: 0, y: -0.05, z: 1.45 }, center: { x: 0, y: 0, z: 0 }, up: { x: 0, y: 1, z: 0 } };
  const from = view === "Sun" ? [0, 0, 0] : at(view);
  return { eye: { x: from[0], y: from[1], z: from[2] + 1e-3 }, center: { x, y, z }, up: { x: 0, y: 0, z: 1 } };
}

class Scene {
  constructor(figure) {
    this.root = figure;
    this.stage = figure.querySelector(".scene-stage");
    this.controls = figure.querySelector(".scene-controls");
    this.range = figure.querySelector("input[type=range]");
    this.play = figure.querySelector(".scene-play");
    this.view = figure.querySelector(".scene-view");
    this.date = figure.querySelector(".scene-date");
    this.claims = figure.querySelector(".scene-claims");
    this.timer = null;
    this.waiting = false;
  }

  async start(url) {
    const [plotly, answer] = await Promise.all([loaded(url), fetch(this.root.dataset.scene)]);
    if (!answer.ok) throw new Error(`scene: ${this.root.dataset.scene} answered ${answer.status}`);
    this.plotly = plotly;
    ({ figure: this.drawing, slider: this.slider, caption: this.caption } = await answer.json());
    const wanted = new URLSearchParams(location.hash.slice(1));
    this.range.max = String(this.slider.dates.length - 1);
    const asked = wanted.get("date") ?? this.root.dataset.date;
    this.range.value = String((asked && nearestIndex(this.slider.dates, asked)) ?? 0);
    this.stage.replaceChildren();
    this.stage.setAttribute("role", "group");
    this.stage.setAttribute("aria-label", this.root.dataset.label);
    const { data, layout } = recoloured(this.drawing);
    await this.plotly.newPlot(this.stage, data, layout, { responsive: true, displaylogo: false, scrollZoom: false });
    this.controls.hidden = false;
    this.controls.addEventListener("submit", (event) => event.preventDefault());
    this.root.querySelector("figcaption").textContent = this.caption;
    for (const link of document.querySelectorAll("[data-scene-link]")) link.hidden = false;
    addEventListener("hashchange", () => this.follow());
    this.range.addEventListener("input", () => this.show());
    this.range.addEventListener("change", () => this.remember());
    this.play.addEventListener("click", () => this.toggle());
    this.view.addEventListener("change", () => { this.look(); this.remember(); });
    dark.addEventListener("change", () => {
      const again = recoloured(this.drawing);
      this.plotly.react(this.stage, again.data, again.layout).then(() => this.show());
    });
    this.choose(wanted.get("view"));
    await this.show();
    await this.look();
    this.root.dataset.drawn = "";
  }

  choose(view) {
    if (view && [...this.view.options].some((option) => option.value === view)) this.view.value = view;
  }

  // a link of the page set another date or view
  async follow() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const index = wanted.get("date") && nearestIndex(this.slider.dates, wanted.get("date"));
    if (index === null || index === "") return;
    if (this.timer) this.stop();
    this.range.value = String(index);
    this.choose(wanted.get("view"));
    await this.show();
    await this.look();
    this.root.scrollIntoView({ block: "nearest", behavior: reducedMotion.matches ? "auto" : "smooth" });
  }

  get index() { return Number(this.range.value); }

  words() {
    const day = this.slider.dates[this.index].slice(0, 16).replace("T", " ");
    const far = Object.entries(this.slider.distances)
      .map(([body, values]) => `${body} ${values[this.index].toFixed(3)} au`).join(", ");
    return `${day} UTC; distance from ${far}`;
  }

  async show() {
    this.date.textContent = this.words();
    this.range.setAttribute("aria-valuetext", this.words());
    this.nameClaims();
    if (this.waiting) return;  // one drawing at a time: a fast hand skips frames, not dates
    this.waiting = true;
    const bodies = Object.entries(this.slider.traces);
    const at = bodies.map(([body]) => this.slider.places[body][this.index]);
    await this.plotly.restyle(this.stage, {
      x: at.map((place) => [place[0]]), y: at.map((place) => [place[1]]), z: at.map((place) => [place[2]]),
    }, bodies.map(([, trace]) => trace));
    this.waiting = false;
    if (this.view.value !== "above") await this.look();
  }

  // the claims that speak of the day, a click away
  nameClaims() {
    const day = this.slider.dates[this.index].slice(0, 10);
    const said = this.slider.claims.filter((claim) => claim.from <= day && day <= claim.to);
    this.claims.hidden = said.length === 0;
    const words = document.createElement("b");
    words.textContent = `${this.claims.dataset.words} `;
    this.claims.replaceChildren(words, ...said.map((claim) => {
      const link = document.createElement("a");
      link.href = claim.url;
      link.textContent = claim.title;
      return link;
    }));
  }

  async look() {
    await this.plotly.relayout(this.stage, { "scene.camera": camera(this.slider, this.view.value, this.index) });
  }

  remember() {
    const state = new URLSearchParams({ date: this.slider.dates[this.index].slice(0, 10), view: this.view.value });
    history.replaceState(null, "", `#${state}`);
  }

  toggle() {
    if (this.timer) return this.stop();
    if (this.index >= Number(this.range.max)) this.range.value = "0";
    this.play.setAttribute("aria-pressed", "true");
    this.play.textContent = this.play.dataset.pause;
    const step = reducedMotion.matches ? 12 : 1;  // without animation: a jump of weeks a second
    this.timer = setInterval(() => {
      const next = this.index + step;
      if (next > Number(this.range.max)) return this.stop();
      this.range.value = String(next);
      this.show();
    }, reducedMotion.matches ? 1000 : STEP_MS);
    return undefined;
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.play.setAttribute("aria-pressed", "false");
    this.play.textContent = this.play.dataset.play;
    this.remember();
  }
}

for (const figure of document.querySelectorAll("figure.scene")) {
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    const canvas = document.createElement("canvas");
    if (!(canvas.getContext("webgl2") ?? canvas.getContext("webgl"))) return;  // the printed plan stays
    new Scene(figure).start(figure.dataset.plotly).catch((error) => console.warn(error.message));
  }, { rootMargin: NEAR });
  watcher.observe(figure);
}
