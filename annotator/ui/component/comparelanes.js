/* One clause as a score: its lines, and a lane a reviewer under each line that carries a mark. */
import { el } from "./dom.js";
import { say } from "./words.js";

const cmpRange = new Range();

/** The rectangles of some of a text node's characters. One range serves all: each live one slows every change. */
function cmpRects(node, start, end) {
  cmpRange.setStart(node, start);
  cmpRange.setEnd(node, end);
  return cmpRange.getClientRects();
}

/** Where each line of a text node begins and ends, and where marks and the `disputed` words lie in it. */
export function cmpMeasure(clause, disputed, node) {
  if (!node) return [];
  const left = node.parentElement.getBoundingClientRect().left;
  return cmpBreaks(node).map(([start, end]) => {
    const within = (span) => ({ ...span, boxes: cmpBoxes(node, Math.max(span.start, start), Math.min(span.end, end), left) });
    const here = (span) => span.start < end && span.end > start;
    return { start, end, spans: clause.spans.filter(here).map(within), disputed: disputed.filter(here).map(within) };
  });
}

/** Line breaks by halving: tops only grow, so each line costs a few rectangles and not one a word. */
function cmpBreaks(node) {
  const size = node.length;
  const half = node.parentElement.getBoundingClientRect().top;
  const leading = parseFloat(getComputedStyle(node.parentElement).lineHeight);
  const lineOf = (offset) => {
    for (let at = offset; at < size; at += 1) {
      const box = cmpRects(node, at, at + (cmpPair(node.data, at) ? 2 : 1))[0];
      if (box) return Math.floor(((box.top + box.bottom) / 2 - half) / leading);
    }
    return Infinity;
  };
  const breaks = [];
  let start = 0;
  while (start < size) {
    const line = lineOf(start);
    let low = start + 1;
    let high = size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lineOf(middle) > line) high = middle;
      else low = middle + 1;
    }
    if (cmpPair(node.data, low - 1)) low += 1;
    breaks.push([start, low]);
    start = low;
  }
  return breaks;
}

/** Whether the UTF-16 unit at `at` is the first of a pair. */
function cmpPair(text, at) {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit < 0xdc00 && at + 1 < text.length;
}

/** The boxes of some words of one line, those that touch joined, counted from the line's left edge. */
function cmpBoxes(node, start, end, left) {
  const boxes = [];
  const last = start + node.data.slice(start, end).trimEnd().length;
  const rects = [...cmpRects(node, start, last)].filter((box) => box.width > 0).sort((a, b) => a.left - b.left);
  for (const box of rects) {
    const before = boxes[boxes.length - 1];
    if (before && box.left - left <= before.right + 1) before.right = Math.max(before.right, box.right - left);
    else boxes.push({ left: box.left - left, right: box.right - left });
  }
  return boxes;
}

/** The elements of a clause's lines, with their lanes. */
export function cmpLines(data, clause, lines) {
  const named = cmpNamed(lines);
  let unread = true; // "not reviewed yet" is said once a clause
  return lines.flatMap((line) => {
    const words = el("div", { class: "cmp-line" },
      ...line.disputed.flatMap(({ difference, boxes }) => boxes.map((box) => el("span", { class: "cmp-disputed", dataset: { difference }, style: cmpPlace(box) }))),
      el("span", { class: "cmp-ink" }, clause.text.slice(line.start, line.end).replace(/\s+$/, " ")));
    if (!line.spans.length) return [words];
    const lanes = data.reviewers.map((reviewer) => {
      const state = clause.states[reviewer.id];
      if (state === "concern" || state === "no_concern") return cmpLane(reviewer, line, clause, named);
      return el("div", { class: "cmp-lane cmp-unread" }, el("span", { class: "cmp-letter" }, reviewer.letter), unread ? say(state === "reopened" ? "compare.view.reopened" : "compare.view.unread") : "");
    });
    unread = false;
    return [words, el("div", { class: "cmp-lanes" }, ...lanes)];
  });
}

function cmpPlace({ left, right }) {
  return { left: `${left}px`, width: `${right - left}px` };
}

/** On which line each span carries its label: the first where it has room, else the first. */
function cmpNamed(lines) {
  const named = new Map();
  lines.forEach((line, index) => {
    for (const span of line.spans) {
      const width = Math.max(0, ...span.boxes.map((box) => box.right - box.left));
      const found = named.get(span.id);
      if (!found || (found.width < 150 && width > found.width)) named.set(span.id, { line, index, width });
    }
  });
  return named;
}

/** One reviewer's marks under one line; marks that overlap take a row each. */
function cmpLane(reviewer, line, clause, named) {
  const rows = [];
  const spans = line.spans.filter((span) => span.reviewer === reviewer.id);
  for (const span of spans) {
    const row = rows.find((taken) => taken.every((other) => other.end <= span.start || span.end <= other.start));
    if (row) row.push(span);
    else rows.push([span]);
  }
  const said = spans.map((span) => say("compare.view.on", { says: cmpSays(span), words: clause.text.slice(Math.max(span.start, line.start), Math.min(span.end, line.end)).trim() }));
  const attributes = said.length
    ? { role: "img", "aria-label": `${reviewer.name}: ${said.join("; ")}`, title: `${reviewer.name}: ${spans.map(cmpSays).join("; ")}` }
    : { "aria-hidden": "true" };
  return el("div", { class: "cmp-lane", ...attributes, style: rows.length > 1 ? { "--rows": rows.length } : {} },
    el("span", { class: "cmp-letter" }, reviewer.letter),
    ...rows.flatMap((row, index) => row.flatMap((span) => cmpBars(span, index, named.get(span.id).line === line))));
}

function cmpBars(span, row, labelled) {
  const sign = span.polarity === "risk" ? "−" : "+";
  const widest = span.boxes.reduce((best, box) => (best && best.right - best.left >= box.right - box.left ? best : box), null);
  return span.boxes.map((box) =>
    el("span", { class: `cmp-bar-mark slot-${span.slot} ${span.polarity}`, style: { ...cmpPlace(box), "--row": row } },
      labelled && box === widest
        ? el("span", { class: "cmp-label" }, el("bdi", { dir: "ltr" }, span.letter + sign), " ", el("span", { class: "cmp-code" }, span.code_name || span.concern))
        : ""));
}

function cmpSays(span) {
  return [span.code_name ? `${span.concern}, ${span.code_name}` : span.concern, say(`compare.says.polarity.${span.polarity}`), span.severity && say(`compare.says.severity.${span.severity}`), span.note].filter(Boolean).join(", ");
}
