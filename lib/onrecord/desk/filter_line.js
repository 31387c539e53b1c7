// The filters of a box: one line with the search, a reset and the filter in words; the other fields unfold below it.
// All of them are one state, `choice`, which leaves in the order in which it was made: no late letter can follow a reset.
const PAUSE = 250; // milliseconds after the last letter, before a search begins

function render({ model, el }) {
  el.classList.add("onr-filters");
  let timer = null; // runs while something typed has not left yet
  let fields = {};
  const line = make("div", { className: "onr-filter-line" });
  const panel = make("div", { className: "onr-filter-fields", id: `onr-fields-${model.model_id ?? Math.random()}` });
  const fold = make("button", { type: "button", className: "onr-button", textContent: "Filters" });
  const reset = make("button", { type: "button", className: "onr-button", textContent: "Reset" });
  const words = make("output", { className: "onrecord-filter-status" });
  fold.setAttribute("aria-controls", panel.id);
  reset.title = "Show all statements again";
  words.setAttribute("role", "status");
  el.append(line, panel);

  function build() {
    fields = Object.fromEntries(model.get("fields").map((field) => [field.name, MAKERS[field.kind](field)]));
    const inLine = Object.values(fields).filter((field) => field.inLine);
    const folded = Object.values(fields).filter((field) => !field.inLine);
    line.replaceChildren(fold, ...inLine.map((field) => field.place), reset, words);
    panel.replaceChildren(...folded.map((field) => field.place));
    for (const field of Object.values(fields)) {
      field.input.addEventListener("input", () => (field.pauses ? later() : send()));
      field.input.addEventListener("change", send);
    }
    fill();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  }

  function send() {
    clearTimeout(timer);
    timer = null;
    const set = Object.entries(fields).map(([name, field]) => [name, field.read()]);
    const choice = Object.fromEntries(set.filter(([, value]) => value?.length || value > 0));
    if (same(choice, model.get("choice"))) return;
    model.set("choice", choice);
    model.save_changes();
  }

  function clear() {
    clearTimeout(timer);
    timer = null;
    for (const field of Object.values(fields)) field.write(undefined);
    model.set("choice", {});
    model.set("resets", model.get("resets") + 1);
    model.save_changes();
  }

  // What Python has set; what is being typed stays.
  function fill() {
    if (timer !== null) return;
    for (const [name, field] of Object.entries(fields)) {
      const value = model.get("choice")[name];
      if (!same(field.read(), value ?? field.empty)) field.write(value);
    }
  }

  function unfold() {
    const unfolded = model.get("unfolded");
    panel.hidden = !unfolded;
    fold.setAttribute("aria-expanded", String(unfolded));
  }

  fold.addEventListener("click", () => {
    model.set("unfolded", !model.get("unfolded"));
    model.save_changes();
  });
  reset.addEventListener("click", clear);
  const tell = () => (words.textContent = model.get("words"));
  for (const [name, action] of [["fields", build], ["choice", fill], ["unfolded", unfold], ["words", tell]]) {
    model.on(`change:${name}`, action);
    action();
  }
}

const MAKERS = {
  several(field) {
    const input = make("select", { multiple: true, size: Math.min(5, Math.max(2, field.options.length)) });
    input.title = "Ctrl or Shift for several; none chosen means all";
    input.append(...options(field));
    const read = () => [...input.selectedOptions].map((option) => option.value);
    const write = (value = []) => [...input.options].forEach((o) => (o.selected = value.includes(o.value)));
    return labelled(field, input, { read, write, empty: [] });
  },
  one(field) {
    const input = make("select", {});
    input.append(...options(field));
    const first = field.options[0][1];
    const read = () => (input.value === first ? "" : input.value);
    return labelled(field, input, { read, write: (value) => (input.value = value || first), empty: "" });
  },
  score(field) {
    const input = make("input", { type: "range", min: 0, max: 1, step: 0.05, value: 0 });
    const shown = make("span", { className: "onr-filter-value" });
    const tell = () => (shown.textContent = Number(input.value).toFixed(2));
    const write = (value = 0) => ((input.value = value), tell());
    input.addEventListener("input", tell);
    const made = labelled(field, input, { read: () => Number(input.value), write, empty: 0, pauses: true });
    made.place.firstChild.append(shown);
    tell();
    return made;
  },
  text(field) {
    const input = make("input", { type: "search", placeholder: field.label });
    const read = () => input.value.trim();
    const write = (value = "") => (input.value = value);
    return { ...labelled(field, input, { read, write, empty: "", pauses: true }), inLine: true };
  },
};

function labelled(field, input, actions) {
  input.name = field.name;
  input.setAttribute("aria-label", field.label);
  const place = make("label", { className: `onr-filter-field onr-filter-${field.kind}` });
  place.append(make("span", { textContent: field.label }), input);
  return { place, input, ...actions };
}

function options(field) {
  return field.options.map(([label, value]) => make("option", { textContent: label, value, title: label }));
}

function make(element, properties) {
  return Object.assign(document.createElement(element), properties);
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

export default { render };
