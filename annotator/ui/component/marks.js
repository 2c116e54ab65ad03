/* Drawing marks: tints by the Custom Highlight API, lines and badges in a layer over the words. */
import { el } from "./dom.js";

const TINTS = ["blue", "orange", "violet"];
const LANES = 3;

/** A mark's extent in each clause it touches: [{eid, start, end}], in reading order; `places` spares the search. */
export function piecesOf(mark, order, texts, places = null) {
  const placeOf = (eid) => (places ? (places.get(eid) ?? -1) : order.indexOf(eid));
  const first = placeOf(mark.start_eid);
  const last = mark.end_eid === mark.start_eid ? first : placeOf(mark.end_eid);
  if (first < 0 || last < first) return [];
  return order.slice(first, last + 1).map((eid, index) => ({
    eid,
    start: index === 0 ? mark.start : 0,
    end: first + index === last ? mark.end : texts.get(eid).length,
  }));
}

/** A range over [start, end) of one text node. */
export function rangeOf(node, start, end) {
  const range = new Range();
  const length = node.data.length;
  range.setStart(node, Math.min(start, length));
  range.setEnd(node, Math.min(end, length));
  return range;
}

/** Paints own marks. Where marks overlap the shorter lies on top, unmixed. */
export function paintTints(nodes, marksByClause) {
  if (!CSS.highlights) return;
  const ranges = new Map(TINTS.map((slot) => [slot, []]));
  for (const [eid, marks] of marksByClause) {
    const text = nodes.get(eid)?.text;
    if (!text) continue;
    const own = marks.filter((mark) => mark.own).sort((a, b) => a.end - a.start - (b.end - b.start));
    const taken = [];
    for (const mark of own) {
      for (const [start, end] of free([mark.start, mark.end], taken)) {
        ranges.get(mark.slot)?.push(rangeOf(text, start, end));
      }
      taken.push([mark.start, mark.end]);
    }
  }
  for (const [slot, list] of ranges) CSS.highlights.set(`ta-${slot}`, new Highlight(...list));
}

/** Paints the words that are selected, over the tints. */
export function paintSelection(nodes, selection) {
  if (!CSS.highlights) return;
  const chosen = selection.flatMap(({ eid, start, end }) => {
    const text = nodes.get(eid)?.text;
    return text ? [rangeOf(text, start, end)] : [];
  });
  const highlight = new Highlight(...chosen);
  highlight.priority = 10;
  CSS.highlights.set("ta-selection", highlight);
}

/** What of an extent is left when the taken ones are cut out. */
function free(extent, taken) {
  let parts = [extent];
  for (const [from, to] of taken) {
    parts = parts.flatMap(([start, end]) =>
      to <= start || end <= from
        ? [[start, end]]
        : [[start, Math.min(from, end)], [Math.max(to, start), end]].filter(([a, b]) => a < b),
    );
  }
  return parts;
}

/** Gives each mark a lane: shortest first, the nearest lane free over its whole extent. */
function lanesOf(marks, atHand) {
  const order = [...marks].sort(
    (a, b) => (b.key === atHand) - (a.key === atHand) || a.end - a.start - (b.end - b.start) || a.start - b.start,
  );
  const lanes = [];
  const found = new Map();
  for (const mark of order) {
    let lane = 0;
    while (lanes[lane]?.some((other) => other.start < mark.end && mark.start < other.end)) lane += 1;
    (lanes[lane] ??= []).push(mark);
    found.set(mark.key, lane);
  }
  return found;
}

/** The rectangles of an extent, one a line, relative to the layer. */
export function linesOf(text, start, end, origin) {
  const lines = [];
  for (const rect of rangeOf(text, start, end).getClientRects()) {
    if (rect.width < 0.5) continue;
    const line = lines.find((other) => Math.abs(other.top - (rect.top - origin.top)) < rect.height / 2);
    const left = rect.left - origin.left;
    if (line) {
      const right = Math.max(line.left + line.width, left + rect.width);
      line.left = Math.min(line.left, left);
      line.width = right - line.left;
    } else lines.push({ top: rect.top - origin.top, left, width: rect.width, height: rect.height });
  }
  return lines;
}

/** Draws lines, the outline of the mark at hand and the margin's badges of one clause. */
export function drawClause(node, marks, atHand, choose) {
  const origin = node.layer.getBoundingClientRect();
  const lanes = lanesOf(marks, atHand);
  const drawn = [];
  const margins = new Map();
  for (const mark of marks) {
    const lines = linesOf(node.text, mark.start, mark.end, origin);
    const lane = lanes.get(mark.key);
    lines.forEach((line, index) => {
      if (mark.key === atHand) {
        drawn.push(
          el("div", {
            class: `box slot-${mark.slot}${mark.own ? "" : " sugg"}`,
            style: { left: `${line.left - 2}px`, top: `${line.top - 1}px`, width: `${line.width + 4}px`, height: `${line.height + 2}px` },
          }),
        );
      }
      if (lane < LANES) {
        drawn.push(
          el("div", {
            class: `line slot-${mark.slot} ${mark.polarity}${mark.own ? "" : " sugg"}`,
            style: { left: `${line.left}px`, top: `${line.top + line.height - 1 + lane * 5}px`, width: `${line.width}px` },
          }),
        );
      }
      if (index === 0 && !mark.continued) {
        const row = Math.round(line.top);
        if (!margins.has(row)) margins.set(row, []);
        margins.get(row).push(mark);
      }
    });
  }
  node.layer.replaceChildren(...drawn);
  node.margin.replaceChildren(
    ...[...margins].map(([top, list]) =>
      el(
        "div",
        { class: "margin-row", style: { top: `${top}px` } },
        ...list.slice(0, list.length > 2 ? 1 : 2).map((mark) => badge(mark, { onclick: () => choose(mark), tabindex: "-1" })),
        list.length > 2 ? el("button", { class: "more", tabindex: "-1", onclick: () => choose(list[1]) }, `+${list.length - 1}`) : null,
      ),
    ),
  );
}

/** The letter and sign of a mark: filled for a person's risk, outlined for a safeguard, dotted for a proposal. */
export function badge(mark, props = null) {
  const sign = mark.polarity === "risk" ? "−" : "+";
  const label = `${mark.letter}${sign}`;
  const classes = `badge slot-${mark.slot} ${mark.polarity}${mark.own ? "" : " sugg"}`;
  if (!props) return el("span", { class: classes, "aria-hidden": "true" }, label);
  return el("button", { class: classes, "aria-hidden": "true", title: mark.title, ...props }, label);
}
