/* What was found: clauses with the words marked, to go through by keys and to open in place. */
import { copyWords, quotation } from "./addressing.js";
import { el, keepingFocus, memory, mounting, uuid } from "./dom.js";
import { nameOf } from "./keys.js";
import { listed, numeral, say } from "./words.js";

const FOUND_AT = "ta-finding";

/** Mounts the list, or draws it again with other data. */
export const mountFinding = mounting((root) => new Finding(root));

/** Words with what is looked for in `mark` elements. */
export function marked(pieces, kind = "") {
  return pieces.map(([text, is]) => (is ? el("mark", { class: kind }, text) : text));
}

/** The letter and sign of a tag, in its concern's colour. */
export function tagBadge(tag) {
  return el("span", { class: `badge slot-${tag.slot} ${tag.polarity}`, "aria-hidden": "true" }, tag.letter + (tag.polarity === "risk" ? "−" : "+"));
}

/** The address of a clause in Review, with the words that were found in it. */
export function clauseAddress({ slug, eid, mark }) {
  const address = new URL(window.location.href);
  const who = address.searchParams.get("as");
  const lang = address.searchParams.get("lang");
  address.pathname = address.pathname.replace(/[^/]*$/, "review");
  address.search = "";
  for (const [name, value] of Object.entries({ doc: slug, at: eid, mark, as: who, lang })) if (value) address.searchParams.set(name, value);
  return address.href;
}

class Finding {
  constructor(root) {
    this.root = root;
    this.list = el("div", { class: "fd" });
    root.querySelector(".ta-root").replaceChildren(this.list);
    this.pressed = (event) => this.key(event);
    window.addEventListener("keydown", this.pressed);
    this.list.addEventListener("focusin", (event) => this.stay(event.target.dataset?.key));
  }

  close() {
    window.removeEventListener("keydown", this.pressed);
  }

  receive(data, send) {
    this.data = data;
    this.send = send;
    const print = JSON.stringify(data);
    if (print === this.print) return;
    this.print = print;
    keepingFocus(this.root, () => this.draw());
    this.comeBack();
  }

  /** Back from a clause: the result that was opened is in sight and at hand again. */
  comeBack() {
    const held = memory.get(FOUND_AT, sessionStorage);
    if (this.shown || held?.asked !== this.data.asked) return;
    this.shown = true;
    const link = [...this.links()].find((one) => one.dataset.key === held.key);
    link?.focus({ preventScroll: true });
    link?.scrollIntoView({ block: "center" });
  }

  stay(key) {
    if (!key) return;
    this.shown = true;
    memory.set(FOUND_AT, { asked: this.data.asked, key }, sessionStorage);
  }

  links() {
    return this.list.querySelectorAll("a.fd-open");
  }

  key(event) {
    const key = nameOf(event);
    if (key === "/" || key === "f") {
      event.preventDefault();
      document.querySelector(".st-key-search-words input")?.focus();
    } else if (key === "j" || key === "k") {
      event.preventDefault();
      this.step(key === "j" ? 1 : -1);
    }
  }

  step(by) {
    const links = [...this.links()];
    const at = links.indexOf(this.root.activeElement);
    const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  }

  draw() {
    const { cited, codes, hits, offset, limit, total } = this.data;
    const parts = [];
    if (cited.length) parts.push(el("ul", { class: "fd-straight", role: "list", "aria-label": say("search.straight") }, ...cited.map((one, index) => this.straight(one, index))));
    if (codes.length) parts.push(el("p", { class: "fd-codes" }, say("search.codes_called"), " ", ...codes.map((one) => this.code(one))));
    if (hits.length) parts.push(this.counts());
    if (hits.length) {
      parts.push(el("ol", { class: "fd-list", role: "list", start: offset + 1, "aria-label": say("search.results") }, ...hits.map((hit, index) => this.hit(hit, offset + index))));
    }
    if (total > limit) parts.push(this.pager(offset, limit, total));
    this.list.replaceChildren(...parts);
  }

  /** How many there are, and in which texts; a text of several narrows the search to it. */
  counts() {
    const { total, texts, kinds, in_texts: all } = this.data;
    const narrow = (name, value, n, ...what) => el("li", {},
      el("button", { dataset: { key: `${name}-${value}` }, onclick: () => this.send({ type: "narrow", nonce: uuid(), name, value }) }, ...what, el("span", { class: "aside" }, numeral(n))));
    return el("div", { class: "fd-counts" },
      el("p", {}, el("b", {}, say("search.found", { n: total })), ` ${say("search.found_in", { n: all })}`),
      all > 1 ? el("ul", { role: "list", "aria-label": say("search.by_text") },
        ...(kinds.length > 1 ? kinds.map((one) => narrow("kind", one.kind, one.n, el("span", {}, say(`search.kinds.${one.kind}`)))) : []),
        ...texts.map((one) => narrow("text", one.slug, one.n, el("span", { lang: one.lang, dir: "auto", title: one.title }, one.title)))) : null);
  }

  link(one, key, ...content) {
    return el("a", {
      class: "fd-open", href: clauseAddress(one), dataset: { key },
      onclick: (event) => {
        this.stay(key);
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.send({ type: "open", nonce: uuid(), slug: one.slug, eid: one.eid, mark: one.mark ?? "" });
      },
    }, ...content);
  }

  straight(one, index) {
    return el("li", {},
      this.link(one, `cited-${index}`, el("bdi", { dir: "ltr" }, one.citation), one.heading ? [" ", el("span", { dir: "auto", lang: one.lang }, one.heading)] : null),
      " ", el("span", { class: "aside", dir: "auto", lang: one.lang }, one.title),
      el("p", { class: "fd-words", dir: one.dir, lang: one.lang }, ...marked(one.pieces)));
  }

  code(one) {
    return el("button", { class: "fd-code", onclick: () => this.send({ type: "code", nonce: uuid(), concern: one.concern, code: one.code }) },
      el("span", { class: `fd-dot slot-${one.slot}`, "aria-hidden": "true" }), one.name);
  }

  hit(hit, index) {
    const { lang, dir } = hit;
    return el("li", { class: "fd-hit" },
      el("h2", { class: "fd-head" },
        this.link(hit, `hit-${hit.slug}-${hit.eid}-${hit.citation}`,
          hit.citation ? [el("bdi", { dir: "ltr" }, hit.citation), " "] : null,
          hit.heading.length ? el("span", { lang, dir: "auto" }, ...marked(hit.heading)) : hit.under ? el("span", { class: "fd-under", lang, dir: "auto" }, hit.under) : null),
        hit.is_title ? null : el("span", { class: "aside fd-title", lang, dir: "auto" }, hit.title)),
      hit.pieces.length && hit.citation ? this.copier(hit) : null,
      hit.pieces.length ? el("p", { class: "fd-words", lang, dir }, ...marked(hit.pieces)) : null,
      hit.said.length ? el("ul", { class: "fd-said", role: "list" }, ...hit.said.map((one) => this.said(one, hit))) : null,
      hit.tags.length ? el("p", { class: "fd-tags" }, ...hit.tags.map((tag) => this.tag(tag))) : null);
  }

  /** Takes the words away as a footnote has them, and says for a moment whether that was possible. */
  copier(hit) {
    const words = hit.pieces.map(([text]) => text).join("");
    const button = el("button", { class: "fd-copy secondary", "aria-label": say("search.copy_of", { citation: hit.citation }), dataset: { key: `copy-${hit.slug}-${hit.eid}` } }, say("search.copy"));
    button.onclick = async () => {
      const done = await copyWords(quotation(words, hit.title, hit.citation));
      button.textContent = say(done ? "search.copied" : "search.not_copied");
      button.setAttribute("aria-label", button.textContent);
    };
    return button;
  }

  said(one, { lang }) {
    return el("li", {},
      el("span", { class: "aside" }, one.who ? say(`search.said.${one.what}_by`, { who: one.who }) : say(`search.said.${one.what}`)), " ",
      one.words.length ? [el("q", { lang, dir: "auto" }, ...marked(one.words)), " "] : null,
      one.note.length ? el("span", { class: "fd-note", dir: "auto" }, ...marked(one.note)) : null);
  }

  tag(tag) {
    const whose = tag.who.length ? listed(tag.who) : "";
    return el("span", { class: "fd-tag" }, tagBadge(tag), el("span", {}, tag.name, el("span", { class: "unseen" }, `, ${tag.is}`), el("span", { class: "aside" }, ` ${whose}`)));
  }

  pager(offset, limit, total) {
    const go = (to) => () => this.send({ type: "page", nonce: uuid(), offset: to });
    return el("nav", { class: "fd-pager", "aria-label": say("search.pages") },
      el("button", { class: "secondary", disabled: offset === 0, onclick: go(Math.max(0, offset - limit)) }, say("search.earlier")),
      el("span", { class: "aside" }, say("search.range", { from: offset + 1, to: Math.min(offset + limit, total), total })),
      el("button", { class: "secondary", disabled: offset + limit >= total, onclick: go(offset + limit) }, say("search.later")));
  }
}
