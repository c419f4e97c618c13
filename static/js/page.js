// What every page gains where scripts run: copy buttons, lists that follow the search box, keys.
// Without this file every page is complete: forms are sent, links are followed, texts are selected by hand.

// Copying ---------------------------------------------------------------------------------------

const words = document.body.dataset;

function copyButton(text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = words.copyWord;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = words.copiedWord;
    } catch {
      button.textContent = words.refusedWord;
    }
    setTimeout(() => { button.textContent = words.copyWord; }, 2000);
  });
  return button;
}

// a browser offers the clipboard on secure pages only
if (navigator.clipboard) {
  for (const place of document.querySelectorAll("[data-copy], pre.code")) {
    place.after(copyButton(() => place.textContent.trim()));
  }
}

// A list that follows its search box --------------------------------------------------------------

const PAUSE_MS = 250;

for (const form of document.querySelectorAll("form[data-live]")) {
  const box = form.querySelector("input[type=search]");
  let waiting, request;
  const follow = async () => {
    request?.abort();
    request = new AbortController();
    const address = `${form.action}?${new URLSearchParams([...new FormData(form)].filter(([, value]) => value))}`;
    try {
      const answer = await fetch(address, { signal: request.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of document.querySelectorAll("[data-live-part]")) {
        const fresh = page.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
        if (fresh) part.replaceChildren(...fresh.childNodes);
      }
      history.replaceState(null, "", address);
    } catch {
      // a newer keystroke took over, or the network is gone: the button still sends the form
    }
  };
  box?.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(follow, PAUSE_MS);
  });
}

// Keys --------------------------------------------------------------------------------------------

const SWITCH = "hyperbole-keys";
const help = document.getElementById("keys");
const isOn = () => {
  try { return localStorage.getItem(SWITCH) !== "off"; } catch { return true; }
};

function step(by) {
  const links = [...document.querySelectorAll(".ledger :is(h2, h3) a")];
  if (!links.length) return false;
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
  links[next].focus();
  return true;
}

function search() {
  const box = document.querySelector("main input[type=search]");
  if (box) box.focus();
  else location.assign(document.querySelector("[data-key='c']")?.href ?? "/claims/");
  return true;
}

function chartPart(name) {
  const tab = [...document.querySelectorAll(".chart-tabs button")].find((button) => button.dataset.tab === name);
  tab?.click();
  tab?.focus();
  return Boolean(tab);
}

const KEYS = {
  "/": search,
  "?": () => { help.showModal(); return true; },
  j: () => step(1),
  k: () => step(-1),
  t: () => chartPart("Table"),
};
let going = 0;

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable], dialog, .js-plotly-plot");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !help || !isOn()) return;
  if (going && Date.now() - going < 1500) {
    going = 0;
    const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); location.assign(link.href); }
    return;
  }
  if (event.key === "g") { going = Date.now(); return; }
  if (KEYS[event.key]?.()) event.preventDefault();
});

if (help) {
  const box = help.querySelector("input[type=checkbox]");
  box.checked = isOn();
  box.addEventListener("change", () => {
    try { localStorage.setItem(SWITCH, box.checked ? "on" : "off"); } catch { /* not kept, still switched */ }
  });
  for (const opener of document.querySelectorAll("[data-opens='keys']")) {
    opener.hidden = false;
    opener.addEventListener("click", () => help.showModal());
  }
}
