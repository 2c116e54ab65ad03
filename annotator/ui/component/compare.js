/* The compare view: the text as a score, a lane a reviewer under each line that carries a mark. */
import { cap, el, icon, keepingFocus } from "./dom.js";
import { nameOf } from "./keys.js";
import { say } from "./words.js";

const cmpViews = new WeakMap();
const cmpRange = new Range();
const CMP_LABELLED = 4; // with more reviewers than this, lanes are thin and only the clause at hand names its marks

/** Draws the view, or brings it up to date in place; the result takes it down again. */
export function mountCompare(root, data, send) {
  const view = cmpViews.get(root) ?? cmpBuild(root);
  view.send = send;
  const print = JSON.stringify(data);
  if (print !== view.print) {
    view.print = print;
    view.data = data;
    cmpDraw(view);
  }
  return view.leave;
}

/* ---- the frame, once --------------------------------------------------------------------------- */

function cmpBuild(root) {
  const view = { root, drawn: new Map(), folds: new Map(), focus: null, width: 0 };
  view.article = el("article", { class: "cmp-article" });
  view.text = el("div", { class: "cmp-text", tabindex: "0", role: "region", "aria-label": say("compare.view.text") }, view.article);
  view.count = el("span", { class: "aside" });
  view.list = el("ol", { class: "cmp-list", role: "list", "aria-label": say("compare.view.differences") });
  view.keys = el("p", { class: "cmp-keys" }, cap("J"), cap("K"), ` ${say("compare.view.keys")}`);
  view.side = el("section", { class: "cmp-side", "aria-label": say("compare.view.differences") }, el("h2", { class: "cmp-title" }, `${say("compare.view.differences")} `, view.count), view.list, view.keys);
  view.frame = el("div", { class: "cmp" }, view.text, view.side);
  root.querySelector(".ta-root").replaceChildren(view.frame);

  const again = () => {
    cancelAnimationFrame(view.waiting);
    view.waiting = requestAnimationFrame(() => cmpLayOut(view, [...view.drawn.values()]));
  };
  const scrolled = () => {
    view.scrolling ??= requestAnimationFrame(() => {
      view.scrolling = null;
      cmpSetNear(view);
    });
  };
  view.text.addEventListener("scroll", scrolled, { passive: true });
  const resized = new ResizeObserver(() => {
    if (Math.abs(view.article.clientWidth - view.width) >= 1) again();
  });
  resized.observe(view.article);
  const pressed = (event) => {
    const key = event.repeat ? null : nameOf(event);
    if (key !== "j" && key !== "k") return;
    event.preventDefault();
    cmpStep(view, key === "j" ? 1 : -1);
  };
  document.fonts.addEventListener("loadingdone", again);
  window.addEventListener("keydown", pressed);
  view.leave = () => {
    resized.disconnect();
    cancelAnimationFrame(view.waiting);
    cancelAnimationFrame(view.scrolling);
    document.fonts.removeEventListener("loadingdone", again);
    window.removeEventListener("keydown", pressed);
    cmpViews.delete(root);
  };
  cmpViews.set(root, view);
  return view;
}

/* ---- drawing what the data says ---------------------------------------------------------------- */

function cmpDraw(view) {
  const { data } = view;
  const known = new Set(data.differences.map((one) => one.id));
  if (!known.has(view.focus)) view.focus = known.has(data.focus) ? data.focus : data.differences[0]?.id ?? null;
  view.frame.classList.toggle("cmp-dense", data.reviewers.length > CMP_LABELLED);
  view.article.lang = data.lang;
  view.article.dir = data.dir;
  if (view.document !== data.document) {
    view.document = data.document;
    view.folds.clear();
    view.text.scrollTop = 0;
  }
  const place = view.text.scrollTop;
  keepingFocus(view.root, () => {
    cmpDrawText(view);
    cmpDrawList(view);
  });
  view.text.scrollTop = place;
  cmpMark(view);
}

/** Clauses that have not changed keep their element, and with it their place and their fold. */
function cmpDrawText(view) {
  const { data } = view;
  const reviewers = JSON.stringify(data.reviewers);
  const before = view.drawn;
  view.drawn = new Map();
  const nodes = data.notice ? [el("p", { class: "cmp-notice" }, data.notice)] : [];
  const fresh = [];
  let skipped = [];
  const skip = () => {
    if (skipped.length) nodes.push(cmpSkipped(skipped));
    skipped = [];
  };
  for (const clause of data.clauses) {
    if (!clause.compared) {
      skipped.push(clause);
      continue;
    }
    skip();
    if (clause.opens) {
      nodes.push(el("h2", { class: "cmp-heading" }, el("span", { class: "cmp-number" }, clause.opens.number), el("span", {}, clause.opens.heading)));
    }
    const print = reviewers + JSON.stringify(clause);
    let drawn = before.get(clause.eid);
    if (drawn?.print !== print) {
      drawn = { print, clause, node: el("section", { class: "cmp-clause", "aria-label": clause.citation, dataset: { eid: clause.eid, depth: clause.depth } }) };
      fresh.push(drawn);
    }
    view.drawn.set(clause.eid, drawn);
    nodes.push(drawn.node);
  }
  skip();
  view.article.replaceChildren(...nodes);
  cmpLayOut(view, fresh);
}

function cmpSkipped(clauses) {
  const [first, last] = [clauses[0].citation, clauses[clauses.length - 1].citation];
  const n = clauses.length;
  return el("p", { class: "cmp-skipped" }, n === 1 ? say("compare.view.skipped_one", { citation: first }) : say("compare.view.skipped", { n, first, last }));
}

function cmpFolded(view, clause) {
  return view.folds.get(clause.eid) ?? clause.disputed.length === 0;
}

/** Draws the clauses as plain text; those in sight, and near it, then get their lines and lanes. */
function cmpLayOut(view, clauses) {
  view.width = view.article.clientWidth;
  for (const drawn of clauses) {
    const folded = cmpFolded(view, drawn.clause);
    drawn.node.classList.toggle("cmp-folded", folded);
    drawn.words = folded ? cmpFold(view, drawn) : cmpUnfold(view, drawn);
  }
  cmpSetNear(view);
  cmpMark(view);
}

/** Sets the clauses within a screen's height of what is in sight; a long treaty would take a second. */
function cmpSetNear(view) {
  const sight = view.text.getBoundingClientRect();
  const waiting = [...view.drawn.values()].filter((drawn) => {
    if (!drawn.words) return false;
    const box = drawn.node.getBoundingClientRect();
    return box.bottom > sight.top - sight.height && box.top < sight.bottom + sight.height;
  });
  cmpSet(view, waiting);
}

/** Measures all of them first and writes afterwards, and keeps what is in sight where it is. */
function cmpSet(view, waiting) {
  if (!waiting.length) return;
  const sight = view.text.getBoundingClientRect();
  const held = [...view.article.children].find((node) => node.getBoundingClientRect().bottom > sight.top);
  const before = held?.getBoundingClientRect().top;
  const measured = waiting.map(({ clause, words }) => cmpMeasure(clause, words.firstChild));
  waiting.forEach((drawn, index) => {
    drawn.words.replaceWith(el("div", { class: "cmp-lines" }, ...cmpLines(view.data, drawn.clause, measured[index])));
    drawn.words = null;
  });
  if (held && view.text.scrollTop > 0) view.text.scrollTop += held.getBoundingClientRect().top - before;
  cmpMark(view);
}

function cmpFold(view, { clause, node }) {
  const summary = clause.summary || say("compare.view.hidden");
  node.replaceChildren(
    el("button", { class: "cmp-fold", "aria-expanded": "false", dataset: { key: `fold-${clause.eid}` }, onclick: () => cmpToggle(view, clause, false) },
      el("span", { class: "cmp-number" }, clause.number),
      el("span", { class: "cmp-start" }, clause.text),
      el("span", { class: "cmp-summary" }, summary)),
  );
  return null;
}

function cmpUnfold(view, { clause, node }) {
  const words = el("div", { class: "cmp-lines cmp-words" }, clause.text);
  const foldable = clause.disputed.length === 0;
  node.replaceChildren(
    el("span", { class: "cmp-number" }, clause.number),
    words,
    foldable
      ? el("button", { class: "cmp-summary cmp-close", "aria-expanded": "true", dataset: { key: `fold-${clause.eid}` }, onclick: () => cmpToggle(view, clause, true) }, say("compare.view.fold", { what: clause.summary || say("compare.view.hidden") }))
      : "",
  );
  return words;
}

function cmpToggle(view, clause, folded) {
  view.folds.set(clause.eid, folded);
  keepingFocus(view.root, () => cmpLayOut(view, [view.drawn.get(clause.eid)]));
}

/* ---- lines -------------------------------------------------------------------------------------- */

/** The rectangles of some of a text node's characters. One range serves all: each live one slows every change. */
function cmpRects(node, start, end) {
  cmpRange.setStart(node, start);
  cmpRange.setEnd(node, end);
  return cmpRange.getClientRects();
}

/** Where each line of a text node begins and ends, and where marks and disputed words lie in it. */
function cmpMeasure(clause, node) {
  if (!node) return [];
  const left = node.parentElement.getBoundingClientRect().left;
  return cmpBreaks(node).map(([start, end]) => {
    const within = (span) => ({ ...span, boxes: cmpBoxes(node, Math.max(span.start, start), Math.min(span.end, end), left) });
    const here = (span) => span.start < end && span.end > start;
    return { start, end, spans: clause.spans.filter(here).map(within), disputed: clause.disputed.filter(here).map(within) };
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

function cmpLines(data, clause, lines) {
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
      if (!found || (found.width < 90 && width > found.width)) named.set(span.id, { line, index, width });
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
    el("span", { class: `cmp-bar slot-${span.slot} ${span.polarity}`, style: { ...cmpPlace(box), "--row": row } },
      labelled && box === widest
        ? el("span", { class: "cmp-label" }, el("bdi", { dir: "ltr" }, span.letter + sign), " ", span.code_name || span.concern)
        : ""));
}

function cmpSays(span) {
  return [span.code_name ? `${span.concern}, ${span.code_name}` : span.concern, say(`compare.says.polarity.${span.polarity}`), span.severity && say(`compare.says.severity.${span.severity}`), span.note].filter(Boolean).join(", ");
}

/* ---- the list ----------------------------------------------------------------------------------- */

function cmpDrawList(view) {
  const { differences } = view.data;
  view.count.textContent = differences.length ? String(differences.length) : "";
  view.keys.hidden = differences.length < 2;
  view.list.replaceChildren(
    ...(differences.length
      ? differences.map((one) => cmpEntry(view, one))
      : [el("li", { class: "cmp-none" }, say("compare.view.none"))]),
  );
}

function cmpEntry(view, one) {
  const { lang, dir } = view.data;
  return el("li", { class: "cmp-entry", dataset: { difference: one.id } },
    el("button", { class: "cmp-choose", dataset: { key: `difference-${one.id}` }, onclick: () => cmpGo(view, one.id) },
      el("span", { class: "cmp-kind" }, one.name),
      el("span", { class: "cmp-citation" }, one.citation.replace(/^(?:art|para)\. /, "")),
      one.kind === "ends" ? null : el("span", { class: "cmp-quote", lang, dir }, one.quote),
      ...one.lines.map((line) => el("span", { class: "cmp-view" }, ...line.reviewers.map((letter) => el("span", { class: "cmp-who" }, letter)), el("span", { class: "cmp-says", dir: "auto" }, line.text)))),
    el("button", { class: "plain cmp-open", dataset: { key: `open-${one.id}` }, onclick: () => view.send({ type: "open", eid: one.eid, nonce: String(performance.now()) }) }, `${say("compare.view.open")} `, icon("right")));
}

/** Shows which difference is at hand, in the list and in the text. */
function cmpMark(view) {
  const at = view.data?.differences.find((one) => one.id === view.focus);
  for (const entry of view.list.querySelectorAll(".cmp-entry")) {
    const here = entry.dataset.difference === at?.id;
    entry.classList.toggle("here", here);
    if (here) entry.firstChild.setAttribute("aria-current", "true");
    else entry.firstChild.removeAttribute("aria-current");
  }
  for (const { clause, node } of view.drawn.values()) {
    node.classList.toggle("here", clause.disputed.some((part) => part.difference === at?.id));
  }
  for (const box of view.article.querySelectorAll(".cmp-disputed")) {
    box.classList.toggle("here", box.dataset.difference === at?.id);
  }
}

function cmpStep(view, by) {
  const { differences } = view.data;
  if (!differences.length) return;
  const at = differences.findIndex((one) => one.id === view.focus);
  cmpGo(view, differences[Math.min(differences.length - 1, Math.max(0, at + by))].id);
}

function cmpGo(view, id) {
  view.focus = id;
  cmpMark(view);
  const entry = view.list.querySelector(".cmp-entry.here");
  entry?.firstChild.focus({ preventScroll: true });
  entry?.scrollIntoView({ block: "nearest" });
  const at = [...view.drawn.values()].filter(({ clause }) => clause.disputed.some((part) => part.difference === id));
  cmpSet(view, at.filter((drawn) => drawn.words));
  const words = view.article.querySelector(".cmp-disputed.here");
  if (!words) return;
  view.text.scrollIntoView({ block: "nearest" });
  view.text.scrollTop += words.getBoundingClientRect().top - view.text.getBoundingClientRect().top - view.text.clientHeight / 3;
  cmpSetNear(view);
}
