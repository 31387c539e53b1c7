// The article as it reads, its statements marked. Offsets count characters as Python does, not UTF-16 units.

// An element; what it says is text and never markup.
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const inside = (spans, start, end) => spans.some(([from, to]) => from <= start && end <= to);

// The classes of a piece of text: what it is of the statement looked at, and which others say it.
function classesOf(start, end, marks, now, draft) {
  const classes = [];
  const said = marks.filter((mark) => inside(mark.content, start, end));
  if (said.length) {
    const inner = said[said.length - 1];
    classes.push("onr-e-said", `onr-e-${inner.status}`);
  }
  for (const part of ["content", "source", "cue"]) {
    const spans = draft?.part === part ? draft.spans : now?.[part];
    if (spans && inside(spans, start, end)) classes.push(`onr-e-now-${part}`);
  }
  if (draft && inside(draft.spans, start, end)) classes.push("onr-e-draft");
  return classes;
}

function drawText(pane, chars, blocks, screen, draft, goTo) {
  const now = screen.marks.find((mark) => mark.id === screen.at);
  const cuts = new Set(blocks.flatMap(([start, end]) => [start, end]));
  const all = screen.marks.flatMap((mark) => [...mark.content, ...mark.source, ...mark.cue]);
  for (const [start, end] of [...all, ...(draft?.spans ?? [])]) cuts.add(start).add(end);
  const places = [...cuts].sort((a, b) => a - b);
  const opens = new Map();
  for (const mark of screen.marks) {
    const start = mark.content[0][0];
    opens.set(start, [...(opens.get(start) ?? []), mark]);
  }
  const marksByPlace = [...screen.marks].sort((a, b) => size(b) - size(a));
  let next = 0;
  const drawn = blocks.map(([from, to, kind, number]) => {
    while (next < places.length && places[next] < from) next += 1;
    const pieces = [];
    const near = marksByPlace.filter((mark) => mark.content.some(([start, end]) => start < to && from < end));
    for (; next + 1 < places.length && places[next] < to; next += 1) {
      const [start, end] = [places[next], places[next + 1]];
      for (const mark of opens.get(start) ?? []) pieces.push(tagOf(mark, mark.id === screen.at, goTo));
      const classes = classesOf(start, end, near, now, draft);
      const words = chars.slice(start, end).join("");
      pieces.push(h("span", { class: classes.join(" "), "data-start": start }, words));
    }
    const shown = number ? h("span", { class: "onr-e-number", "aria-hidden": "true" }, number) : null;
    return h(kind === "headline" ? "h3" : "p", { class: `onr-e-block onr-e-${kind}` }, shown, ...pieces);
  });
  pane.replaceChildren(...drawn);
}

const size = (mark) => mark.content.reduce((sum, [start, end]) => sum + end - start, 0);
const SIGNS = { open: "", checked: " ✓", corrected: " ✎" };

function tagOf(mark, isNow, goTo) {
  const label = `${mark.id} ${mark.label}${SIGNS[mark.status]}`;
  const name = `${mark.id}, ${mark.label}, ${mark.status === "open" ? "not checked" : mark.status}`;
  const classes = `onr-e-tag onr-e-tag-${mark.status}${isNow ? " onr-e-tag-now" : ""}`;
  const attributes = { class: classes, type: "button", tabindex: "-1", "aria-label": name, onclick: () => goTo(mark.id) };
  return h("button", attributes, label);
}

// What the mouse has selected, as offsets of whole words; null where it is nothing of the text.
function selected(pane, words) {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !pane.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  const [start, end] = [offsetOf(pane, range.startContainer, range.startOffset), offsetOf(pane, range.endContainer, range.endOffset)];
  const hit = words.filter(([from, to]) => from < end && start < to);
  return hit.length ? [hit[0][0], hit[hit.length - 1][1]] : null;
}

// The offset of a place in the page; within a label or between pieces, that of the piece that follows.
function offsetOf(pane, node, offset) {
  const piece = node.nodeType === Node.TEXT_NODE ? node.parentElement.closest("[data-start]") : null;
  if (piece) return Number(piece.dataset.start) + [...node.data.slice(0, offset)].length;
  const probe = document.createRange();
  probe.setStart(node, offset);
  for (const one of pane.querySelectorAll("[data-start]")) {
    if (probe.comparePoint(one, 0) >= 0) return Number(one.dataset.start);
  }
  return Infinity;
}
