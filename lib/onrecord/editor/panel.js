// The statement looked at: its words, its labels beside the machine's, and what can be done, each with its key.

const ACTS = ["denial", "refusal", "no_comment", "confirmation", "accusation", "demand", "commitment", "evaluation", "claim", "other"];
const ACT_KEYS = "1234567890";
const actName = (act) => act.replace("_", " ");
//: Every key and what it does, as the list of keys (?) tells it.
const KEYS = [
  ["1 … 0", "the act: 1 denial, 2 refusal, 3 no comment, 4 confirmation, 5 accusation, 6 demand, 7 commitment, 8 evaluation, 9 claim, 0 other"],
  ["↑ ↓", "choose a target; then f for it, a against it, n neither"],
  ["t", "name another target; i makes the chosen one an issue or an actor"],
  ["h", "hedged or not"],
  ["s c q", "change source, cue or content: ← → move its end, with Shift its start, ↑ ↓ all of it, PageUp and PageDown by ten words, Backspace takes its last piece away, Delete the first, + adds one, the mouse selects it; Enter keeps, Esc leaves"],
  ["w", "who: the actor’s name; d says whether it is a name, p its side"],
  ["l", "link to the statement that it answers, or take the link away: ↑ ↓, Enter"],
  ["r", "what it answers where that is no statement of the article, in words"],
  ["m", "merge this actor into another: ↑ ↓, Enter"],
  ["o", "a note on why, kept with the next decision"],
  ["x", "reject: this is no statement"],
  ["+", "add a statement that was missed: from selected text, or with the arrows"],
  ["Enter", "accept and go to the next"],
  ["← →", "the statement before, the one after"],
  ["u U", "undo, redo"],
  ["b", "hide what the machine says, or show it"],
  ["?", "this list"],
];

const key = (name) => h("kbd", {}, name);

function button(name, words, act, attributes = {}) {
  return h("button", { type: "button", "data-key": name, onclick: act, ...attributes }, key(name), ` ${words}`);
}

function drawPanel(pane, screen, ui, act) {
  const now = screen.now;
  const head = [drawHead(screen, ui, act)];
  if (ui.showKeys) head.push(drawKeys());
  if (!now) {
    pane.replaceChildren(...head, h("p", { class: "onr-e-empty" }, "No statement is left here. u takes back, + adds one."));
    return;
  }
  const body = [drawWords(now, ui, act), drawActs(now, act), drawWho(now, act), drawStances(screen, now, ui, act), drawAnswers(screen, now, ui, act)];
  pane.replaceChildren(...head, drawDo(act), ...(ui.chooser ? [drawChooser(ui, act)] : []), ...body, drawNote(ui), ...drawWhy(now));
}

function drawHead(screen, ui, act) {
  const orders = Object.entries(screen.orders).map(([name, words]) => h("option", { value: name, selected: name === screen.order }, words));
  const percent = screen.total ? Math.round((100 * screen.done) / screen.total) : 0;
  return h("div", { class: "onr-e-head" },
    h("strong", {}, `${screen.done} of ${screen.total} checked`),
    h("progress", { max: Math.max(screen.total, 1), value: screen.done, "aria-label": `${percent}% checked` }),
    h("label", {}, "Queue ", h("select", { "data-key": "order", onchange: (event) => act.send({ do: "order", value: event.target.value }) }, ...orders)),
    button("b", screen.blind ? "show the machine’s labels" : "hide the machine’s labels", () => act.key("b"), { "aria-pressed": String(screen.blind) }),
    button("?", "keys", () => act.key("?"), { "aria-expanded": String(ui.showKeys) }),
    h("span", { class: "onr-e-coder" }, `as ${screen.coder}`),
  );
}

function drawKeys() {
  const rows = KEYS.flatMap(([name, words]) => [h("div", {}, ...name.split(" ").map((one) => (one === "…" ? " … " : key(one)))), h("div", {}, words)]);
  return h("section", { class: "onr-e-keys", "aria-label": "Keys" }, ...rows);
}

function drawWords(now, ui, act) {
  const state = { open: "not checked", checked: now.whole ? "checked" : "in part checked", corrected: now.whole ? "corrected and checked" : "corrected" };
  const parts = [["s", "source"], ["c", "cue"], ["q", "content"]].map(([name, part]) => [
    button(name, part, () => act.key(name), { "aria-pressed": String(ui.draft?.part === part) }),
    h("div", {}, now.words[part] || "(none)"),
  ]);
  return h("section", { "aria-label": "Words" },
    h("h3", {}, now.id, " ", h("span", { class: `onr-e-state onr-e-state-${now.status}` }, state[now.status])),
    h("div", { class: "onr-e-parts" }, ...parts.flat()));
}

const beside = (now, label) => (now.machine[label] && now.corrected !== null ? h("small", { class: "onr-e-machine" }, `machine: ${now.machine[label]}`) : null);

function drawActs(now, act) {
  const acts = ACTS.map((name, place) => button(ACT_KEYS[place], actName(name), () => act.key(ACT_KEYS[place]), { "aria-pressed": String(now.act === name) }));
  const hedged = button("h", "hedged", () => act.key("h"), { "aria-pressed": String(now.hedged === true) });
  return h("section", { "aria-label": "Act" }, h("h4", {}, "Act ", beside(now, "act")), h("div", { class: "onr-e-acts" }, ...acts),
    h("div", {}, hedged, " ", beside(now, "hedged")));
}

function drawWho(now, act) {
  const shown = now.actor === null ? "?" : now.actor || "(no source given)";
  return h("section", { "aria-label": "Actor" }, h("h4", {}, "Actor ", beside(now, "actor")),
    h("div", { class: "onr-e-row" }, h("strong", {}, shown), button("w", "who", () => act.key("w")), button("d", "named", () => act.key("d"), { "aria-pressed": String(now.named === true) }),
      button("p", `side: ${now.side === null ? "?" : now.side}`, () => act.key("p")), button("m", "merge", () => act.key("m"))));
}

const TAKES = { favor: "for (+)", against: "against (−)", none: "" };

function drawStances(screen, now, ui, act) {
  const held = new Map((now.stance ?? []).map((stance) => [stance.target, stance]));
  const rows = ui.targets.map(([target, type], place) =>
    h("li", { role: "option", id: `onr-e-target-${place}`, "aria-selected": String(place === ui.target), onclick: () => act.choose(place) },
      h("span", {}, target), h("small", {}, ` ${held.get(target)?.type ?? type}`), h("strong", {}, ` ${TAKES[held.get(target)?.polarity ?? "none"]}`)));
  const keys = [["f", "for"], ["a", "against"], ["n", "neither"], ["t", "another target"], ["i", "issue or actor"]];
  const hidden = now.stance === null ? h("p", {}, "hidden") : null;
  return h("section", { "aria-label": "Stances" }, h("h4", {}, "Stance on the target chosen with ", key("↑"), key("↓"), " ", beside(now, "stance")), hidden,
    h("ul", { class: "onr-e-targets", role: "listbox", "aria-label": "Targets", tabindex: "0", "data-key": "targets" }, ...rows),
    h("div", { class: "onr-e-row" }, ...keys.map(([name, words]) => button(name, words, () => act.key(name)))));
}

function drawAnswers(screen, now, ui, act) {
  const words = Object.fromEntries(screen.statements);
  const links = (now.responds_to ?? []).map((link) => h("li", {}, `${link.relation} ${link.to ? `${link.to} (${words[link.to] ?? ""})` : link.about}`));
  return h("section", { "aria-label": "Answers" }, h("h4", {}, "Answers ", beside(now, "responds_to")),
    h("ul", {}, ...(links.length ? links : [h("li", {}, now.responds_to === null ? "?" : "no statement")])), button("l", "link", () => act.key("l")), " ", button("r", "something else", () => act.key("r")));
}

// A list to choose from by arrows and Enter, or by a click: what to link to, whom to merge into.
function drawChooser(ui, act) {
  const rows = ui.chooser.options.map(([value, words], place) =>
    h("li", { role: "option", "aria-selected": String(place === ui.chooser.at), onclick: () => act.pick(place) }, h("strong", {}, value), words ? ` ${words}` : ""));
  return h("section", { class: "onr-e-chooser" }, h("h4", {}, ui.chooser.title), h("ul", { role: "listbox", "aria-label": ui.chooser.title, tabindex: "0", "data-key": "chooser" }, ...rows),
    h("p", {}, key("↑"), key("↓"), " choose, ", key("Enter"), " takes it, ", key("Esc"), " leaves"));
}

function drawNote(ui) {
  const note = h("input", { type: "text", "data-key": "note", "aria-label": "Note: why", placeholder: "why (kept with the next decision)" });
  note.value = ui.note;
  note.addEventListener("input", () => (ui.note = note.value));
  return h("label", { class: "onr-e-note" }, key("o"), " Note ", note);
}

function drawDo(act) {
  const actions = [["Enter", "accept, next"], ["x", "reject"], ["+", "add"], ["u", "undo"], ["U", "redo"]];
  return h("div", { class: "onr-e-row onr-e-do" }, ...actions.map(([name, words]) => button(name, words, () => act.key(name))));
}

function drawWhy(now) {
  if (!now.because.length) return [];
  return [h("details", { class: "onr-e-why" }, h("summary", { "data-key": "why" }, "Why these labels?"), h("ul", {}, ...now.because.map((line) => h("li", {}, line))))];
}
