/* Cross-references: a quiet line under their words, a preview of the clause they name, who cites it. */
import { cap, el } from "./dom.js";
import { linesOf } from "./marks.js";

const SHOWN = 10;

/** Underlines a clause's references; they stand by themselves, since they never change. */
export function drawReferences(node, references) {
  const origin = node.links.getBoundingClientRect();
  node.lines = references.map((one) => ({ one, lines: linesOf(node.text, one.start, one.end, origin) }));
  node.links.replaceChildren(...node.lines.flatMap(({ lines }) => lines.map((line) =>
    el("div", { class: "reference", style: { left: `${line.left}px`, top: `${line.top + line.height - 4}px`, width: `${line.width}px` } }))));
}

/** The reference under a point of the screen, or undefined. */
export function referenceAt(node, x, y) {
  if (!node?.lines) return undefined;
  const origin = node.links.getBoundingClientRect();
  const inside = (line) => x >= origin.left + line.left - 1 && x <= origin.left + line.left + line.width + 1
    && y >= origin.top + line.top && y <= origin.top + line.top + line.height + 2;
  return node.lines.find(({ lines }) => lines.some(inside))?.one;
}

/** The preview: the words of the clause that is named, before anyone goes there. */
export function drawPeek(host, peek, others, act) {
  host.hidden = !peek;
  if (!peek) {
    host.replaceChildren();
    return;
  }
  const at = others[peek.targets[peek.index]];
  const name = at.citation.replace(/^./u, (first) => first.toUpperCase());
  const run = { lang: at.lang, dir: at.dir };
  host.setAttribute("aria-label", `${name}${at.title ? ` of ${at.title}` : ""}, which is referred to`);
  host.replaceChildren(...[
    el("header", {}, el("h3", {}, name), at.heading ? el("span", { class: "peek-heading", ...run }, at.heading) : null),
    at.title ? el("p", { class: "peek-text", ...run }, at.title) : null,
    peek.targets.length > 1
      ? el("div", { class: "peek-targets", role: "group", "aria-label": "Clauses named" }, ...peek.targets.map((eid, index) =>
          el("button", { class: "citation", "aria-pressed": String(index === peek.index), dataset: { key: `peek-${eid}` }, onclick: () => act({ index }) }, others[eid].citation)))
      : null,
    el("div", { class: "peek-words", ...run, tabindex: "0", role: "region", "aria-label": "Its words" }, at.words || "It has no words of its own."),
    el("footer", {},
      el("button", { class: "primary", dataset: { key: "peek-follow" }, onclick: () => act({ follow: at }) }, "Go there", cap("Enter")),
      el("button", { class: "plain", dataset: { key: "peek-close" }, onclick: () => act({ close: true }) }, "Stay here", cap("Esc"))),
  ].filter(Boolean));
}

/** Puts the preview under the words that refer, or above them; on a narrow page it is a sheet. */
export function placePeek(host, frame, rect) {
  if (host.hidden) return;
  const bounds = frame.getBoundingClientRect();
  const sheet = bounds.width < 560 || bounds.height < 460;
  host.classList.toggle("sheet", sheet);
  for (const name of ["left", "top", "bottom"]) host.style.removeProperty(name);
  if (sheet || !rect) return;
  const under = bounds.bottom - rect.bottom >= host.offsetHeight + 16 || bounds.bottom - rect.bottom >= rect.top - bounds.top;
  host.style.left = `${Math.max(8, Math.min(rect.left - bounds.left, bounds.width - host.offsetWidth - 8))}px`;
  if (under) host.style.top = `${Math.max(8, Math.min(rect.bottom - bounds.top + 8, bounds.height - host.offsetHeight - 8))}px`;
  else host.style.bottom = `${Math.max(8, Math.min(bounds.bottom - rect.top + 8, bounds.height - host.offsetHeight - 8))}px`;
}

/** The panel's two lists: what the clause refers to, and what refers to it or to what it stands in. */
export function referenceLists(clause, data, act) {
  const out = new Map();
  for (const one of data.references) {
    if (one.start_eid === clause.eid) for (const eid of one.targets) out.set(eid, [...one.targets]);
  }
  const lists = out.size ? [list("Refers to", [...out.keys()], data.others, act)] : [];
  for (const eid of around(clause.eid, data)) {
    const own = eid === clause.eid;
    const name = data.others[eid].citation.replace(/^./u, (first) => first.toUpperCase());
    lists.push(list(own ? "Cited by" : `${name} is cited by`, data.cited[eid], data.others, act));
  }
  return lists;
}

/** The clause itself and those around it that are cited, the innermost first. */
function around(eid, data) {
  return Object.keys(data.cited).filter((cited) => eid === cited || eid.startsWith(`${cited}__`)).sort((a, b) => b.length - a.length);
}

function list(title, eids, others, act) {
  const link = (eid) => el("li", {}, el("button", {
    class: "citation",
    title: [others[eid].title, others[eid].heading].filter(Boolean).join(": ") || null,
    dataset: { key: `${title}-${eid}` },
    onclick: (event) => act({ peek: [eid], from: event.currentTarget }),
  }, others[eid].title ? [others[eid].citation, el("span", { class: "citing-text", lang: others[eid].lang, dir: others[eid].dir }, others[eid].title)] : others[eid].citation));
  const rest = eids.slice(SHOWN);
  return el("section", { class: "citing", "aria-label": title },
    el("h4", {}, title),
    el("ul", {}, ...eids.slice(0, SHOWN).map(link),
      rest.length ? el("li", {}, el("details", {}, el("summary", {}, `${rest.length} more`), el("ul", {}, ...rest.map(link)))) : null));
}
