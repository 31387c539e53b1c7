// Chart, text and table of one box: what is picked in one of them shows in the others. Nothing is loaded from
// anywhere; the HTML comes from Python, where everything that an article says is escaped.
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const LABELS = { chart: "Chart", text: "Article with its statements marked", table: "Table" };

function render({ model, el }) {
  el.classList.add("onr-panes");
  const panes = Object.fromEntries(Object.keys(LABELS).map((name) => [name, makePane(name)]));
  el.append(...Object.values(panes));
  const turns = { chart: 0, text: 0, table: 0 };
  let origin = null; // the link that the reader came from: Escape leads back to it

  // A new picture takes the place of the old one only when it can be painted at once: nothing flickers.
  async function fill(name) {
    const turn = ++turns[name];
    const fresh = document.createElement("div");
    fresh.innerHTML = model.get(name);
    await Promise.allSettled([...fresh.querySelectorAll("img")].map((image) => image.decode()));
    if (turn !== turns[name]) return;
    hold();
    panes[name].replaceChildren(...fresh.childNodes);
    panes[name].hidden = !model.get(name);
    paint();
  }

  // Panes as high as what they hold never get lower: a filter does not make the page below them jump.
  function hold() {
    if (!panes.text.hidden) return;
    for (const pane of [panes.chart, panes.table]) pane.style.minHeight = `${pane.getBoundingClientRect().height}px`;
  }

  // A filter leads to its first hit, unless what is picked is still there to be read.
  function follow() {
    hold();
    paint();
    const all = new Set([...panes.text.querySelectorAll("[data-statement]")].map((mark) => mark.dataset.statement));
    const [first] = model.get("lit");
    if (!first || model.get("chosen").length || model.get("lit").length === all.size) return;
    const mark = panes.text.querySelector(`mark[data-statement="${CSS.escape(first)}"]`);
    if (mark) scrollTo(panes.text, mark);
  }

  function paint() {
    const lit = new Set(model.get("lit"));
    const chosen = new Set(model.get("chosen"));
    for (const mark of panes.text.querySelectorAll("[data-statement], [data-of]")) {
      const id = mark.dataset.statement ?? mark.dataset.of;
      mark.classList.toggle("onr-off", !lit.has(id));
      mark.classList.toggle("onr-chosen", chosen.has(mark.dataset.statement));
    }
    for (const row of panes.table.querySelectorAll("tr[data-statement]")) {
      const id = row.dataset.statement;
      row.hidden = !lit.has(id);
      row.classList.toggle("onr-off", !lit.has(id));
      row.classList.toggle("onr-chosen", chosen.has(id));
    }
    for (const spot of panes.chart.querySelectorAll("[data-ids]")) {
      const ids = spot.dataset.ids.split(" ");
      spot.classList.toggle("onr-chosen", chosen.size > 0 && ids.every((id) => chosen.has(id)));
    }
  }

  function choose(ids, from, byKeyboard) {
    model.set("chosen", ids);
    model.save_changes();
    paint();
    const found = {
      text: from !== "text" && panes.text.querySelector(`mark[data-statement="${CSS.escape(ids[0])}"]`),
      table: from !== "table" && panes.table.querySelector(`tr[data-statement="${CSS.escape(ids[0])}"]`),
    };
    for (const [name, place] of Object.entries(found)) if (place) show(panes[name], place);
    const landed = found.text || found.table;
    if (byKeyboard && landed) landed.querySelector("a").focus({ preventScroll: true });
  }

  el.addEventListener("click", (event) => {
    const pane = Object.keys(panes).find((name) => panes[name].contains(event.target));
    const place = event.target.closest("[data-ids], [data-statement]");
    if (!pane || !place || !window.getSelection().isCollapsed) return;
    event.preventDefault();
    origin = event.target.closest("a");
    choose((place.dataset.ids ?? place.dataset.statement).split(" "), pane, event.detail === 0);
  });

  // From bar to bar, label to label, row to row; Home and End spare many a Tab on the way out.
  el.addEventListener("keydown", (event) => {
    const here = document.activeElement;
    const pane = Object.values(panes).find((one) => one !== here && one.contains(here));
    if (!pane || event.altKey || event.ctrlKey || event.metaKey) return;
    const links = [...pane.querySelectorAll("a")].filter((a) => a.offsetParent && !a.parentElement.matches(".onr-off"));
    const places = { Home: 0, End: links.length - 1 };
    const next = links[places[event.key] ?? links.indexOf(here) + STEPS[event.key]];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  el.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !el.contains(document.activeElement)) return;
    event.stopPropagation();
    if (origin?.isConnected && origin !== document.activeElement) origin.focus();
    else document.activeElement.blur();
  });

  for (const kind of ["mouseover", "focusin"]) panes.text.addEventListener(kind, (event) => turnCard(panes.text, event));

  keepKeys(el);
  for (const name of Object.keys(panes)) {
    model.on(`change:${name}`, () => fill(name));
    fill(name);
  }
  model.on("change:lit", follow);
  model.on("change:chosen", paint);

  const measure = () => {
    const room = Math.floor(panes.chart.clientWidth);
    if (!room || Math.abs(room - model.get("room")) < 20) return; // a scroll bar that comes or goes changes nothing
    model.set("room", room);
    model.save_changes();
  };
  let settling = null; // panes that are filled and windows that are drawn wider change the room many times
  const watcher = new ResizeObserver(() => {
    clearTimeout(settling);
    settling = setTimeout(measure, 200);
  });
  watcher.observe(panes.chart);
  return () => watcher.disconnect();
}

// In JupyterLab arrows, Enter and letters are commands of the notebook: within the box they belong to its fields.
// JupyterLab looks for this mark at the focused element alone, so each gets it when the focus comes.
function keepKeys(el) {
  const box = el.closest(".onrecord-filter");
  if (!box) return requestAnimationFrame(() => keepKeys(el));
  box.addEventListener("focusin", (event) => (event.target.dataset.lmSuppressShortcuts = "true"));
}

function makePane(name) {
  const pane = document.createElement("section");
  pane.className = `onr-pane onr-pane-${name} onrecord-filter-${name}`;
  pane.setAttribute("aria-label", LABELS[name]);
  pane.tabIndex = 0; // so that the arrow keys can scroll it
  pane.hidden = true;
  return pane;
}

function scrollTo(pane, place) {
  const gap = place.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTop += gap - Math.min(pane.clientHeight / 3, 120);
}

// Scrolls the pane alone, then the page as far as is needed to see the pane.
function show(pane, place) {
  scrollTo(pane, place);
  pane.scrollIntoView({ block: "nearest" });
}

// A card opens upwards where there is no room for it below.
function turnCard(pane, event) {
  const block = event.target.closest?.(".onr-block");
  const card = block && [...block.querySelectorAll(".onr-card")].find((one) => one.offsetParent);
  if (!card) return;
  const [frame, text] = [pane.getBoundingClientRect(), block.getBoundingClientRect()];
  const below = frame.bottom - text.bottom;
  const above = text.top - frame.top;
  block.classList.toggle("onr-up", card.offsetHeight > below && above > below);
}

export default { render };
