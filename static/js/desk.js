// Single keys on the lists of the desk: j and k move, o opens, t takes, g leads back, ? explains.
// Everything they do is a link or a button of the page; they can be switched off and stay off.
(() => {
  const page = document.querySelector("[data-desk]");
  const help = document.querySelector("[data-keys]");
  if (!page || !help) return;
  const kept = "hyperbole-desk-keys";
  const box = help.querySelector("[data-keys-on]");
  const remembered = () => { try { return localStorage.getItem(kept); } catch { return null; } };
  box.checked = remembered() !== "off";
  box.addEventListener("change", () => { try { localStorage.setItem(kept, box.checked ? "on" : "off"); } catch { /* not remembered */ } });

  const links = [...page.querySelectorAll("[data-item] [data-open]")];
  const here = () => links.findIndex((link) => link.closest("[data-item]").contains(document.activeElement));
  const move = (step) => {
    const at = here();
    const to = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
    links[to]?.focus();
  };
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    o: () => links[here()]?.click(),
    t: () => links[here()]?.closest("[data-item]").querySelector("[data-take] button")?.click(),
    g: () => location.assign(page.dataset.desk),
    "?": () => { help.open = !help.open; if (help.open) help.querySelector("summary").focus(); },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (!box.checked || typing || event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
