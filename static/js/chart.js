// Charts: draws the interactive figure over the printed one, and turns a chart's parts into tabs.
//
// A page works without this file.  It expects, inside <figure class="chart" data-plotly="URL of the bundle">:
//   .chart-stage          the printed pictures (SVG); the interactive figure takes their place
//   script.chart-figure   the figure as JSON (type="application/json"), colours of the light palette,
//                         the role of every colour in trace.meta.role and in the name of annotations and shapes
//   [data-tab="Name"]     parts that become tabs, in this order, called data-name in the page's language; a <details> loses its summary to the tab
//   [data-downloads]      the links to the chart's files; a button for the picture as PNG, called data-png, joins them
// The bundle is fetched when the chart comes near the viewport; on narrow paper, or when the reader
// saves data, only after the reader asks.

const NARROW = 520;
const NEAR = "300px";
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const bundles = new Map();
const drawn = new Map();

// Bundle ----------------------------------------------------------------------------------------

function loaded(url) {
  if (!bundles.has(url)) {
    bundles.set(url, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url;
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => reject(new Error(`chart: ${url} was not loaded`));
      document.head.append(script);
    }));
  }
  return bundles.get(url);
}

// Colours ---------------------------------------------------------------------------------------

function palette() {
  const style = getComputedStyle(document.documentElement);
  return (role) => style.getPropertyValue(`--chart-${role}`).trim() || undefined;
}

function tint(part, key, colour) {
  if (part && colour && key in part) part[key] = colour;
}

function tintTrace(trace, colour) {
  const own = colour(trace.meta?.role);
  for (const part of [trace.line, trace.marker, trace.marker?.line, trace.error_x, trace.error_y, trace.textfont]) {
    tint(part, "color", own);
  }
  // a hollow mark is filled with paper, so that its error bar does not show through
  const symbol = trace.marker?.symbol;
  if (symbol?.endsWith("-open") && !symbol.startsWith("line")) {
    trace.marker.symbol = symbol.replace("-open", "");
    trace.marker.color = colour("paper") ?? "#fff";
  }
}

function recoloured(figure, colour) {
  const copy = structuredClone(figure);
  const { layout } = copy;
  copy.data.forEach((trace) => tintTrace(trace, colour));
  layout.paper_bgcolor = layout.plot_bgcolor = colour("paper") ?? layout.paper_bgcolor;
  layout.font = { ...layout.font, color: colour("ink") ?? layout.font?.color };
  layout.hoverlabel = {
    bgcolor: colour("paper"), bordercolor: colour("axis"), font: { color: colour("ink") }, align: "left",
  };
  for (const [name, axis] of Object.entries(layout)) {
    if (!/^[xyz]axis\d*$/.test(name)) continue;
    tint(axis, "gridcolor", colour("grid"));
    tint(axis, "linecolor", colour("axis"));
    tint(axis, "tickcolor", colour("axis"));
    if (!axis.ticktext || name.startsWith("x")) axis.tickfont = { size: 12, ...axis.tickfont, color: colour("muted") };
    if (axis.title) axis.title = { ...axis.title, font: { size: 12, color: colour("muted") } };
  }
  for (const shape of layout.shapes ?? []) {
    shape.fillcolor = colour(shape.name) ?? shape.fillcolor;
    if (shape.label) shape.label.font = { ...shape.label.font, color: colour("muted") };
  }
  for (const note of layout.annotations ?? []) {
    if (note.showarrow) note.arrowcolor = colour(note.name) ?? note.arrowcolor;
    else note.font = { ...note.font, color: colour(note.name) };
  }
  return copy;
}

// Narrow paper: labels of rows stand above their lines, values go to the pointer and the table -----

function oneLine(text) {
  const label = text.split("<br>").filter((line) => !line.startsWith("<i>")).join(" ");
  return label.length > 40 ? `${label.slice(0, 39)}…` : label;
}

function narrowed(figure) {
  const { layout } = figure;
  const labels = [];
  for (const [name, axis] of Object.entries(layout)) {
    if (!/^yaxis\d*$/.test(name) || !axis.ticktext) continue;
    // not as tick labels inside the plot: those hide the ticks of the other axis
    axis.showticklabels = false;
    axis.ticktext.forEach((text, row) => labels.push({
      text: oneLine(text), x: 0, xref: "paper", xanchor: "left", y: row, yref: name.replace("axis", ""), yshift: 16,
      showarrow: false, font: { size: 12 },
    }));
  }
  for (const shape of layout.shapes ?? []) delete shape.label;
  layout.annotations = [...(layout.annotations ?? []).filter((note) => note.showarrow), ...labels];
  layout.height = Math.round(layout.height * 1.15);
  layout.margin = { ...layout.margin, l: 8, r: 8 };
  return figure;
}

// Drawing ---------------------------------------------------------------------------------------

function stageOf(chart) {
  return chart.querySelector(".chart-stage");
}

function figureFor(chart) {
  const colour = palette();
  const figure = recoloured(JSON.parse(chart.querySelector("script.chart-figure").textContent), colour);
  const rows = Object.entries(figure.layout).some(([name, axis]) => /^yaxis\d*$/.test(name) && axis.ticktext);
  if (rows && stageOf(chart).clientWidth < NARROW) narrowed(figure);
  if (reducedMotion.matches) figure.layout.transition = { duration: 0 };
  return figure;
}

const settings = {
  responsive: true,
  displaylogo: false,
  scrollZoom: false,
  modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d", "toImage"],
  locale: "en-GB",
  locales: { "en-GB": { dictionary: {}, format: { date: "%d/%m/%Y" } } },
};

async function draw(chart) {
  const stage = stageOf(chart);
  if (!stage || drawn.has(chart) || !chart.dataset.plotly) return;
  drawn.set(chart, null);
  try {
    const Plotly = await loaded(chart.dataset.plotly);
    const plot = document.createElement("div");
    plot.className = "chart-plot";
    plot.setAttribute("role", "group");
    plot.setAttribute("aria-label", `${stage.querySelector("svg")?.getAttribute("aria-label") ?? "Chart"}, interactive`);
    stage.append(plot);
    const { data, layout } = figureFor(chart);
    await Plotly.newPlot(plot, data, layout, settings);
    for (const picture of stage.querySelectorAll("svg.chart-svg")) picture.style.display = "none";
    drawn.set(chart, plot);
    refitted(chart, plot);
    chart.dataset.drawn = "";
  } catch (problem) {
    // the printed picture stays; a page without its bundle is still complete
    stage.querySelector(".chart-plot")?.remove();
    console.warn(problem);
  }
}

function redraw() {
  for (const [chart, plot] of drawn) {
    if (!plot) continue;
    const { data, layout } = figureFor(chart);
    window.Plotly.react(plot, data, layout, settings);
  }
}

// a turned phone or a resized window gets the figure for its width; the library only stretches the one it has
function refitted(chart, plot) {
  let narrow = stageOf(chart).clientWidth < NARROW;
  new ResizeObserver(() => {
    const { clientWidth } = stageOf(chart);
    if (!clientWidth || narrow === clientWidth < NARROW) return;
    narrow = !narrow;
    const { data, layout } = figureFor(chart);
    window.Plotly.react(plot, data, layout, settings);
  }).observe(stageOf(chart));
}

function showPrinted(printing) {
  for (const [chart, plot] of drawn) {
    if (!plot) continue;
    plot.hidden = printing;
    for (const picture of stageOf(chart).querySelectorAll("svg.chart-svg")) {
      picture.style.display = printing ? "" : "none";
    }
  }
}

function offer(chart) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chart-ask";
  button.textContent = chart.dataset.ask ?? "Draw it interactively";
  button.addEventListener("click", () => { button.remove(); draw(chart); });
  stageOf(chart).after(button);
}

// Tabs ------------------------------------------------------------------------------------------

function tabbed(chart, number) {
  const parts = [...chart.querySelectorAll("[data-tab]")];
  if (parts.length < 2) return;
  const list = document.createElement("div");
  list.className = "chart-tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", chart.dataset.parts ?? "Parts of the chart");
  const tabs = parts.map((part, index) => {
    const panel = document.createElement("div");
    panel.id = `chart-${number}-panel-${index}`;
    panel.className = "chart-panel";
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", `chart-${number}-tab-${index}`);
    part.replaceWith(panel);
    panel.append(part);
    if (part instanceof HTMLDetailsElement) {
      part.open = true;
      part.querySelector("summary")?.setAttribute("hidden", "");
    }
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `chart-${number}-tab-${index}`;
    tab.textContent = part.dataset.name ?? part.dataset.tab;
    tab.dataset.tab = part.dataset.tab;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    list.append(tab);
    return { tab, panel };
  });
  const choose = (chosen, focus) => {
    tabs.forEach(({ tab, panel }, index) => {
      const on = index === chosen;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      panel.hidden = !on;
    });
    if (focus) tabs[chosen].tab.focus();
    // a plot that was hidden while the window changed does not know its size
    const plot = drawn.get(chart) ?? chart.querySelector(".scene-stage.js-plotly-plot");
    if (plot && tabs[chosen].panel.contains(plot)) window.Plotly.Plots.resize(plot);
  };
  tabs.forEach(({ tab }, index) => tab.addEventListener("click", () => choose(index, false)));
  list.addEventListener("keydown", (event) => {
    const now = tabs.findIndex(({ tab }) => tab === document.activeElement);
    const last = tabs.length - 1;
    const to = { ArrowRight: now === last ? 0 : now + 1, ArrowLeft: now ? now - 1 : last, Home: 0, End: last }[event.key];
    if (to === undefined || now < 0) return;
    event.preventDefault();
    choose(to, true);
  });
  tabs[0].panel.before(list);
  choose(0, false);
}

// Downloads -------------------------------------------------------------------------------------

function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function pictureText(chart) {
  const picture = stageOf(chart).querySelector("svg.chart-svg-wide").cloneNode(true);
  const [, , width, height] = picture.getAttribute("viewBox").split(" ");
  picture.removeAttribute("style");
  picture.setAttribute("width", width);
  picture.setAttribute("height", height);
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [key, value] of Object.entries({ width, height, fill: "#ffffff" })) paper.setAttribute(key, value);
  picture.prepend(paper);
  return { text: new XMLSerializer().serializeToString(picture), width: Number(width), height: Number(height) };
}

async function savePng(chart, name) {
  const { text, width, height } = pictureText(chart);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => save(name, blob), "image/png");
}

// the server has table, picture and figure as files; only the browser can turn the picture into pixels
function downloads(chart) {
  const place = chart.querySelector("[data-downloads]");
  if (!place || !stageOf(chart)?.querySelector("svg.chart-svg-wide")) return;
  const name = `hyperbole-${location.pathname.split("/").filter(Boolean).pop() ?? "chart"}`;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = place.dataset.png;
  button.addEventListener("click", () => savePng(chart, name));
  place.append(button);
}

// Start -----------------------------------------------------------------------------------------

const charts = [...document.querySelectorAll("figure.chart")];
const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    watcher.unobserve(entry.target);
    if (stageOf(entry.target).clientWidth < NARROW || navigator.connection?.saveData) offer(entry.target);
    else draw(entry.target);
  }
}, { rootMargin: NEAR });

charts.forEach((chart, number) => {
  tabbed(chart, number);
  downloads(chart);
  if (stageOf(chart) && chart.dataset.plotly && chart.querySelector("script.chart-figure")) watcher.observe(chart);
});
dark.addEventListener("change", redraw);
addEventListener("beforeprint", () => showPrinted(true));
addEventListener("afterprint", () => showPrinted(false));
