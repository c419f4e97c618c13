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
const NARROW = 520;
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
    this.named = null;
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
    // a phone has three pixels a point, and twice as many as anybody sees cost it twice the time
    const sharp = Math.min(devicePixelRatio, this.stage.clientWidth < NARROW ? 1.5 : 2);
    await this.plotly.newPlot(this.stage, data, layout, {
      responsive: true, displaylogo: false, scrollZoom: false, plotGlPixelRatio: Math.max(1, sharp),
    });
    this.controls.hidden = false;
    this.controls.addEventListener("submit", (event) => event.preventDefault());
    this.root.querySelector("figcaption").textContent = this.caption;
    for (const link of document.querySelectorAll("[data-scene-link]")) link.hidden = false;
    addEventListener("hashchange", () => this.follow());
    this.range.addEventListener("input", () => this.show());
    this.range.addEventListener("change", () => { this.settle(); this.remember(); });
    this.play.addEventListener("click", () => this.toggle());
    for (const held of [this.stage, this.range]) {
      held.addEventListener("pointerdown", () => {
        this.unread(true);
        const over = new AbortController();
        for (const kind of ["pointerup", "pointercancel"]) {
          addEventListener(kind, () => { over.abort(); if (!this.timer) this.unread(false); }, { signal: over.signal });
        }
      }, { capture: true });
    }
    this.view.addEventListener("change", () => { this.look(); this.remember(); });
    dark.addEventListener("change", () => {
      const again = recoloured(this.drawing);
      this.plotly.react(this.stage, again.data, again.layout).then(() => { this.show(); return this.settle(); });
    });
    this.choose(wanted.get("view"));
    this.show();
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
    this.show();
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

  // Plotly.restyle makes every trace anew, which takes a phone longer than a date lasts.  So only the dots that move are
  // told their places, inside the scene.  The bundle is part of this site and pinned; a test moves the dots.
  show() {
    const words = this.words();
    this.date.textContent = words;
    this.range.setAttribute("aria-valuetext", words);
    this.nameClaims();
    const inside = this.stage._fullLayout.scene._scene;
    for (const [body, number] of Object.entries(this.slider.traces)) {
      const trace = this.stage._fullData[number];
      ["x", "y", "z"].forEach((axis, place) => {
        trace[axis] = this.stage.data[number][axis] = [this.slider.places[body][this.index][place]];
      });
      inside.traces[trace.uid].update(trace);
    }
    if (this.view.value !== "above") {
      const { scene } = this.stage._fullLayout;
      const seen = camera(this.slider, this.view.value, this.index);
      inside.setViewport({ ...scene, camera: { ...seen, projection: scene.camera.projection } });
    }
    inside.glplot.update({});
  }

  // With every frame the scene draws itself once more, unseen, and reads that back, to know what a pointer is over.
  // While it moves nobody points, and the reading makes the processor wait for the graphics.
  unread(moving) {
    const { gl, objects } = this.stage._fullLayout.scene._scene.glplot;
    if (moving) gl.readPixels = () => {};
    else delete gl.readPixels;
    for (const one of objects) {
      if (moving) one.drawPick = null;
      else delete one.drawPick;
    }
    if (!moving) this.stage._fullLayout.scene._scene.glplot.update({});
  }

  // what Plotly itself believes of the camera, once the date rests
  settle() {
    return this.view.value === "above" ? undefined : this.look();
  }

  // the claims that speak of the day, a click away
  nameClaims() {
    const day = this.slider.dates[this.index].slice(0, 10);
    const said = this.slider.claims.filter((claim) => claim.from <= day && day <= claim.to);
    const named = said.map((claim) => claim.url).join();
    if (named === this.named) return;  // the same as yesterday: nothing to lay out anew
    this.named = named;
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
    this.unread(true);
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
    this.unread(false);
    this.settle();
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
