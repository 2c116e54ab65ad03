/* Cross-references: links over their words, a preview of the clause they name, who cites it. */
import { el } from "./dom.js";
import { keyCap } from "./keys.js";
import { linesOf } from "./marks.js";
import { listed, say } from "./words.js";

const SHOWN = 10;
const NAMED = 3;

/** A citation as the beginning of a line. */
export function capital(citation) {
  return citation.replace(/^./u, (first) => first.toUpperCase());
}

/**
 * Underlines a clause's references and puts a link over the first line of each, for the keyboard and
 * for screen readers: the mouse goes through it to the words, which can be selected as before.
 */
export function drawReferences(node, references, others, tabbed, act) {
  const origin = node.links.getBoundingClientRect();
  node.lines = references.map((one) => ({ one, lines: linesOf(node.text, one.start, one.end, origin) }));
  node.links.replaceChildren(...node.lines.flatMap(({ one, lines }) => [
    lines.length ? link(one, lines[0], others, tabbed, act) : null,
    ...lines.map((line) =>
      el("div", { class: "reference", "aria-hidden": "true", style: { left: `${line.left}px`, top: `${line.top + line.height - 4}px`, width: `${line.width}px` } })),
  ].filter(Boolean)));
}

function link(one, line, others, tabbed, act) {
  const named = one.targets.slice(0, NAMED).map((name) => [others[name].citation, others[name].title].filter(Boolean).join(", "));
  const rest = one.targets.length - named.length;
  const to = listed(rest > 0 ? [...named, say("references.more", { n: rest })] : named);
  return el("button", {
    class: "reference-link",
    role: "link",
    tabindex: tabbed ? "0" : "-1",
    "aria-label": say("references.refers", { words: one.quote, to }),
    dataset: { key: `reference-${one.id}` },
    style: { left: `${line.left - 2}px`, top: `${line.top - 1}px`, width: `${line.width + 4}px`, height: `${line.height + 2}px` },
    onfocus: (event) => act({ focused: one, by: event.currentTarget }),
    onblur: (event) => act({ blurred: one, to: event.relatedTarget }),
    onclick: () => act({ clicked: one }),
  });
}

/** The reference under a point of the screen, or undefined. */
export function referenceAt(node, x, y) {
  if (!node?.lines) return undefined;
  const origin = node.links.getBoundingClientRect();
  return node.lines.find(({ lines }) => lines.some((line) => isInside(line, origin, x, y)))?.one;
}

/** Whether a point of the screen is on a line of words. */
export function isInside(line, origin, x, y) {
  return x >= origin.left + line.left - 1 && x <= origin.left + line.left + line.width + 1
    && y >= origin.top + line.top && y <= origin.top + line.top + line.height + 2;
}

/** The preview: the words of the clause that is named, before anyone goes there. */
export function drawPeek(host, peek, named, act) {
  host.hidden = !peek;
  if (!peek) {
    host.drawn = null;
    host.replaceChildren();
    return;
  }
  const name = peek.targets[peek.index];
  const at = named(name);
  // Drawn again with every decision; whoever reads on in it keeps the place.
  if (host.drawn?.at === at && host.drawn.name === name && host.drawn.targets === peek.targets) return;
  host.drawn = { at, name, targets: peek.targets };
  const cited = capital(at.citation);
  const run = { lang: at.lang, dir: at.dir };
  const above = [at.title, ...at.within].filter(Boolean);
  host.setAttribute("aria-label", at.title ? say("references.named_of", { clause: cited, text: at.title }) : say("references.named", { clause: cited }));
  host.replaceChildren(...[
    el("header", {}, el("h3", {}, cited), at.heading ? el("span", { class: "peek-heading", ...run }, at.heading) : null),
    above.length ? el("ol", { class: "peek-above", "aria-label": say("references.stands_in"), ...run }, ...above.map((one) => el("li", {}, one))) : null,
    peek.targets.length > 1
      ? el("div", { class: "peek-targets", role: "group", "aria-label": say("references.clauses_named") }, ...peek.targets.map((target, index) =>
          el("button", { class: "citation", "aria-pressed": String(index === peek.index), title: named(target).heading || null, dataset: { key: `peek-${target}` }, onclick: () => act({ index }) }, named(target).citation)))
      : null,
    el("div", { class: "peek-words", ...run, tabindex: "0", role: "region", "aria-label": say("references.its_words") },
      ...(at.rows.length ? at.rows.map(part) : [el("p", {}, say("references.no_words"))])),
    el("footer", {},
      el("button", { class: "primary", dataset: { key: "peek-follow" }, onclick: () => act({ follow: at }) }, say("references.go"), keyCap("Enter")),
      el("button", { class: "plain", dataset: { key: "peek-close" }, onclick: () => act({ close: true }) }, say("references.stay"), keyCap("Escape"))),
  ].filter(Boolean));
}

function part(row) {
  return el("div", { class: `peek-row depth-${row.depth}${row.label ? "" : " bare"}` },
    row.label ? el("span", { class: "peek-number" }, row.label) : null,
    el("p", {}, row.heading ? el("b", {}, row.heading, row.text ? " " : "") : null, row.text));
}

/** The words of a preview as one string, for those who listen. */
export function wordsOfPeek(at) {
  return at.rows.map((row) => [row.label, row.heading, row.text].filter(Boolean).join(" ")).join(" ");
}

/** Puts a box under the words that it is about, or above them; on a narrow page it is a sheet. */
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
    // What news cites stands among the clauses that its claims speak of.
    if (one.start_eid === clause.eid && !one.claimed) for (const eid of one.targets) out.set(eid, [...one.targets]);
  }
  const lists = out.size ? [list(say("references.refers_to"), [...out.keys()], data.others, act)] : [];
  for (const eid of around(clause.eid, data)) {
    const own = eid === clause.eid;
    const title = own ? say("references.cited_by") : say("references.is_cited_by", { clause: capital(data.others[eid].citation) });
    lists.push(list(title, data.cited[eid], data.others, act));
  }
  return lists;
}

/** The clause itself and those around it that are cited, the innermost first. */
function around(eid, data) {
  return Object.keys(data.cited).filter((cited) => eid === cited || eid.startsWith(`${cited}__`)).sort((a, b) => b.length - a.length);
}

/** A button with a citation, which shows the clause before anyone goes there. */
export function citationButton(name, at, key, act) {
  return el("button", {
    class: "citation",
    title: [at.title, at.heading].filter(Boolean).join(": ") || null,
    dataset: { key },
    onclick: (event) => act({ peek: [name], from: event.currentTarget }),
  }, at.title ? [at.citation, el("span", { class: "citing-text", lang: at.lang, dir: at.dir }, at.title)] : at.citation);
}

function list(title, eids, others, act) {
  const item = (eid) => el("li", {}, citationButton(eid, others[eid], `${title}-${eid}`, act));
  const rest = eids.slice(SHOWN);
  return el("section", { class: "citing", "aria-label": title },
    el("h4", {}, title),
    el("ul", {}, ...eids.slice(0, SHOWN).map(item),
      rest.length ? el("li", {}, el("details", {}, el("summary", {}, say("references.more", { n: rest.length })), el("ul", {}, ...rest.map(item)))) : null));
}
