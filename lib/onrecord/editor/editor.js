// Keys and clicks: what is decided goes to Python, which writes it to disk and sends the new screen back.

function render({ model, el }) {
  const chars = [...model.get("text")];
  const [blocks, words] = [model.get("blocks"), model.get("words")];
  const ui = { draft: null, chooser: null, target: 0, targets: [], extra: [], note: "", showKeys: false, field: null };
  let pressed = 0; // when the last key was pressed: how long the answer takes is kept for who asks
  let turn = 0;
  let at = null;

  const root = h("div", { class: "onr-editor", tabindex: "0", role: "group", "aria-label": "Editor. Question mark lists the keys." });
  const text = h("div", { class: "onr-e-text", tabindex: "0", role: "region", "aria-label": "Article" });
  const panel = h("div", { class: "onr-e-panel", tabindex: "0", role: "region", "aria-label": "Statement" });
  const status = h("p", { class: "onr-e-status", role: "status" });
  const alert = h("p", { class: "onr-e-alert", role: "alert" });
  const picker = h("select", { "aria-label": "Chart", onchange: () => draw() }, ...model.get("charts").map((name) => h("option", {}, name)));
  const picture = h("div", { class: "onr-e-picture" });
  root.append(text, panel, h("div", { class: "onr-e-foot" }, status, alert, h("label", {}, "Chart ", picker), picture));
  el.append(root);

  const screen = () => model.get("screen");
  const send = (command) => {
    turn += 1;
    model.send({ ...command, why: ui.note, turn });
  };
  const decide = (label, value) => send({ do: "decide", label, value });

  function paint() {
    const { at: id } = screen();
    if (id !== at) Object.assign(ui, { draft: null, chooser: null, target: 0, extra: [], note: "", field: null });
    const known = new Set(screen().targets.map(([target]) => target));
    ui.targets = [...ui.extra.filter(([target]) => !known.has(target)), ...screen().targets];
    const held = document.activeElement?.dataset?.key;
    const hadFocus = root.contains(document.activeElement);
    drawText(text, chars, blocks, screen(), ui.draft, (one) => send({ do: "goto", id: one }));
    drawPanel(panel, screen(), ui, act);
    if (ui.field) panel.querySelector("[data-key=note]").before(ui.field);
    status.textContent = ui.draft ? draftWords() : screen().message;
    alert.textContent = screen().error;
    if (hadFocus) (panel.querySelector(`[data-key="${CSS.escape(held ?? "")}"]`) ?? root).focus({ preventScroll: true });
    if (id !== at) text.querySelector(".onr-e-tag-now")?.scrollIntoView({ block: "nearest" });
    if (id !== at) panel.scrollTop = 0;
    for (const list of panel.querySelectorAll("[role=listbox]")) {
      const chosen = list.querySelector("[aria-selected=true]");
      if (chosen) list.scrollTop = chosen.offsetTop - list.offsetTop - list.clientHeight / 2;
    }
    at = id;
  }

  function answered() {
    paint();
    root.dataset.turn = screen().turn ?? 0;
    if (pressed) root.dataset.reaction = Math.round(performance.now() - pressed);
    clearTimeout(root.later);
    root.later = setTimeout(draw, 600); // the chart follows when the keys rest: it takes longer than a key may
  }

  const draw = () => model.send({ do: "draw", chart: picker.value });
  const draftWords = () => `${ui.draft.title}: ← → end, Shift start, ↑ ↓ all of it; Enter keeps, Esc leaves.`;

  // A part of the statement while it is moved by words. Without one, it begins before the content, or at the click.
  function startDraft(part, title) {
    const now = screen().marks.find((mark) => mark.id === screen().at);
    const had = part === "new" ? [] : now?.[part] ?? [];
    const from = had.length ? had : [wordAt(Math.max((now?.content[0][0] ?? 0) - 2, 0))];
    ui.draft = { part, title, spans: from.map((span) => [...span]) };
    const chosen = selected(text, words);
    if (chosen) ui.draft.spans = [chosen];
    paint();
    text.querySelector(".onr-e-draft")?.scrollIntoView({ block: "nearest" });
  }

  const indexAt = (offset) => Math.max(words.findLastIndex(([start]) => start <= offset), 0);
  const wordAt = (offset) => [...words[indexAt(offset)]];
  const clamp = (index) => Math.min(Math.max(index, 0), words.length - 1);

  function moveDraft(by, which) {
    const spans = ui.draft.spans;
    if (!spans.length) spans.push(wordAt(screen().marks.find((mark) => mark.id === screen().at)?.content[0][0] ?? 0));
    const [first, last] = [indexAt(spans[0][0]), indexAt(spans.at(-1)[1] - 1)];
    if (which === "all") {
      const [start, end] = [clamp(first + by), clamp(last + by)];
      ui.draft.spans = [[words[start][0], words[Math.max(start, end)][1]]];
    } else if (which === "end") spans.at(-1)[1] = words[Math.max(clamp(last + by), indexAt(spans.at(-1)[0]))][1];
    else spans[0][0] = words[Math.min(clamp(first + by), indexAt(spans[0][1] - 1))][0];
    paint();
    text.querySelector(".onr-e-draft")?.scrollIntoView({ block: "nearest" });
  }

  function keepDraft() {
    const { part, spans } = ui.draft;
    ui.draft = null;
    window.getSelection().removeAllRanges();
    if (part === "new") send({ do: "add", content: spans });
    else decide(part, spans);
  }

  function choose(title, options, take) {
    if (!options.length) return;
    ui.chooser = { title, options, at: 0, take };
    paint();
  }

  function ask(label, value, options, take) {
    const list = h("datalist", { id: "onr-e-known" }, ...options.map((one) => h("option", { value: one })));
    const input = h("input", { type: "text", list: "onr-e-known", "aria-label": label });
    input.value = value;
    ui.field = h("label", { class: "onr-e-note onr-e-field" }, `${label} `, input, list);
    ui.field.take = take;
    paint();
    input.focus();
    input.select();
  }

  function stance(polarity) {
    const [target, type] = ui.targets[ui.target] ?? ["", "issue"];
    send({ do: "stance", target, target_type: type, polarity });
  }

  function turnType() {
    const chosen = ui.targets[ui.target];
    const held = screen().now.stance?.find((one) => one.target === chosen?.[0]);
    if (held) send({ do: "stance", target: held.target, target_type: held.type === "actor" ? "issue" : "actor", polarity: held.polarity });
    else if (chosen) {
      ui.extra = [[chosen[0], chosen[1] === "actor" ? "issue" : "actor"], ...ui.extra.filter(([target]) => target !== chosen[0])];
      chosen[1] = ui.extra[0][1];
      drawPanel(panel, screen(), ui, act);
    }
  }

  function another(target) {
    ui.extra = [[target, screen().actors.includes(target) ? "actor" : "issue"], ...ui.extra];
    const known = screen().targets.findIndex(([name]) => name === target);
    ui.target = known < 0 ? 0 : known + ui.extra.filter(([name]) => !screen().targets.some(([one]) => one === name)).length;
    paint();
  }

  const others = () => screen().statements.filter(([id]) => id !== screen().at);
  const DO = {
    f: () => stance("favor"),
    a: () => stance("against"),
    n: () => stance("none"),
    i: turnType,
    t: () => ask("Target", "", screen().targets.map(([target]) => target), (value) => value && another(value)),
    h: () => decide("hedged", !screen().now.hedged),
    d: () => decide("named", !screen().now.named),
    w: () => ask("Actor", screen().now.actor ?? "", screen().actors, (value) => decide("actor", value)),
    p: () => ask("Side", screen().now.side ?? "", [], (value) => decide("side", value || "unknown")),
    s: () => startDraft("source", "Source"),
    c: () => startDraft("cue", "Cue"),
    q: () => startDraft("content", "Content"),
    l: () => choose("Which statement does it answer?", others(), ([id]) => send({ do: "link", to: id })),
    r: () => ask("What it answers, in words", screen().now.responds_to?.find((one) => !one.to)?.about ?? "", [], (value) => send({ do: "link", about: value })),
    m: () => choose(`Who is ${screen().now.actor}?`, screen().actors.filter((one) => one !== screen().now.actor).map((one) => [one, ""]), ([actor]) => send({ do: "merge", into: actor })),
    o: () => panel.querySelector("[data-key=note]").focus(),
    x: () => send({ do: "reject" }),
    Enter: () => send({ do: "accept" }),
    ArrowLeft: () => send({ do: "step", by: -1 }),
    ArrowRight: () => send({ do: "step", by: 1 }),
    ArrowUp: () => act.choose(ui.target - 1),
    ArrowDown: () => act.choose(ui.target + 1),
  };
  const ALWAYS = {
    u: () => send({ do: "undo" }),
    U: () => send({ do: "redo" }),
    b: () => send({ do: "blind", value: !screen().blind }),
    "+": () => {
      const chosen = selected(text, words);
      if (chosen) send({ do: "add", content: [chosen] });
      else startDraft("new", "New statement");
    },
    "?": () => {
      ui.showKeys = !ui.showKeys;
      paint();
    },
  };
  // A part may be of several pieces: what they are taken from or added to is the last one, for Delete the first.
  const PIECES = {
    Backspace: (spans) => spans.pop(),
    Delete: (spans) => spans.shift(),
    "+": (spans) => spans.push([...words[clamp(indexAt(spans.at(-1)?.[0] ?? 0) + 1)]]),
  };
  const act = {
    send,
    choose: (place) => {
      ui.target = Math.min(Math.max(place, 0), Math.max(ui.targets.length - 1, 0));
      paint();
    },
    pick: (place) => {
      const { options, take } = ui.chooser;
      ui.chooser = null;
      take(options[place]);
      paint();
    },
    key: (name) => press(name),
  };

  // Does what the key stands for now; false where it stands for nothing.
  function press(name, shift = false) {
    if (ui.draft && pressInDraft(name, shift)) return true;
    if (ui.chooser && pressInChooser(name)) return true;
    if (name === "Escape") return false;
    const action = ALWAYS[name] ?? (screen().now && (DO[name] ?? (ACT_KEYS.includes(name) && (() => decide("act", ACTS[ACT_KEYS.indexOf(name)])))));
    if (!action) return false;
    ui.draft = ui.chooser = null;
    action();
    return true;
  }

  function pressInDraft(name, shift) {
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10 };
    if (name in steps) moveDraft(steps[name], /Up|Down/.test(name) ? "all" : shift ? "start" : "end");
    else if (name === "Enter") keepDraft();
    else if (name === "Escape") {
      ui.draft = null;
      paint();
    } else if (name in PIECES) {
      PIECES[name](ui.draft.spans);
      paint();
    } else return false;
    return true;
  }

  function pressInChooser(name) {
    const { options, at: place } = ui.chooser;
    const steps = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: options.length - 1 };
    if (name in steps) ui.chooser.at = Math.min(Math.max(steps[name], 0), options.length - 1);
    else if (name === "Enter") act.pick(place);
    else if (name === "Escape") ui.chooser = null;
    else return false;
    paint();
    return true;
  }

  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest("input, select");
    if (field) {
      if (event.key === "Escape" || (event.key === "Enter" && field.tagName === "INPUT")) {
        event.preventDefault();
        event.stopPropagation();
        leaveField(event.key === "Enter");
      }
      return;
    }
    if (event.key === "Enter" && event.target.closest("button, summary") && event.target !== root) return; // a click
    pressed = performance.now();
    if (press(event.key, event.shiftKey)) {
      event.preventDefault();
      event.stopPropagation();
    }
  });

  function leaveField(taken) {
    const { field } = ui;
    ui.field = null;
    const value = field?.querySelector("input").value.trim();
    root.focus({ preventScroll: true });
    if (field && taken) field.take(value);
    paint();
  }

  text.addEventListener("mouseup", () => {
    const chosen = ui.draft && selected(text, words);
    if (!chosen) return;
    ui.draft.spans = [chosen];
    paint();
  });
  // JupyterLab's own keys rest while the focus is here; it looks for this mark at the focused element alone.
  root.addEventListener("focusin", (event) => (event.target.dataset.lmSuppressShortcuts = "true"));

  const show = () => (picture.innerHTML = model.get("picture")); // made by Python, where every word is escaped
  model.on("change:screen", answered);
  model.on("change:picture", show);
  paint();
  show();
}

export default { render };
