/* The same clause in another language: beside every clause on a wide page, under the one at hand on a narrow one. */
import { el, memory } from "./dom.js";
import { keyCap } from "./keys.js";
import { badge } from "./marks.js";
import { language, nameOfLanguage, say } from "./words.js";

const CHOICE = "ta-beside";
const WIDE = 1020;

export class Beside {
  constructor(desk) {
    this.desk = desk;
    const kept = memory.get(CHOICE) ?? {};
    this.on = Boolean(kept.on);
    this.lang = kept.lang ?? null;
    this.bar = el("div", { class: "beside-bar", role: "group", lang: language(), "aria-label": say("beside.title") });
    this.given = null;
    this.asked = "";
    this.carriedOver = 0;
    new ResizeObserver(() => this.resized()).observe(desk.scroll);
  }

  /** Another sheet is shown. */
  show() {
    const { desk } = this;
    this.given = null;
    this.asked = "";
    this.shown = new Map();
    this.bar.hidden = !desk.data.languages.length;
    if (!this.bar.hidden) desk.article.querySelector(".article-title").after(this.bar);
    this.fetch();
  }

  /** The text to be shown: in the language chosen last, else the first there is. */
  text() {
    const { languages } = this.desk.data;
    return languages.find((one) => one.lang === this.lang) ?? languages[0];
  }

  async fetch() {
    const { desk } = this;
    const text = this.text();
    if (!this.on || !text) return this.draw();
    const asked = `${desk.sheet}/${text.id}`;
    if (this.asked === asked) return this.draw();
    this.asked = asked;
    this.given = null;
    this.draw();
    const given = await desk.inquiring.about({ what: "beside", other: text.id, eid: desk.order[0] });
    if (this.asked !== asked) return undefined;
    if (!given?.clauses) {
      this.asked = "";
      return desk.hint(given?.error ?? say("beside.deaf"));
    }
    this.given = given;
    return this.draw();
  }

  toggle() {
    const { desk } = this;
    if (!desk.data.languages.length) return desk.hint(say("beside.none"));
    this.on = !this.on;
    this.keep();
    desk.hint(this.on ? say("beside.shown", { language: nameOfLanguage(this.text().lang, language()) }) : say("beside.hidden"));
    return this.fetch();
  }

  choose(text) {
    this.on = !this.on || text.id !== this.text().id;
    this.lang = text.lang;
    this.keep();
    this.fetch();
  }

  keep() {
    memory.set(CHOICE, { on: this.on, lang: this.lang });
  }

  resized() {
    const wide = this.desk.scroll.clientWidth >= WIDE;
    if (wide === this.wide) return;
    this.wide = wide;
    if (this.desk.article) this.draw();
  }

  /* ---- drawing ---- */

  draw() {
    const { desk } = this;
    if (!desk.data || this.bar.hidden) return;
    this.drawBar();
    const at = desk.nodes.get(desk.here);
    if (!at) return;
    const { element } = at;
    const before = element.getBoundingClientRect().top;
    const columns = Boolean(this.on && this.wide);
    const turned = desk.article.classList.contains("two-languages") !== columns;
    desk.article.classList.toggle("two-languages", columns);
    for (const eid of desk.order) this.drawClause(eid);
    // The lines of the words are others now, and so are the places of marks.
    if (turned) desk.redraw();
    // What opens or closes above the clause at hand does not move it.
    const moved = element.getBoundingClientRect().top - before;
    if (Math.abs(moved) > 0.5) desk.scroll.scrollTop += moved;
    this.keepInSight(element);
  }

  drawBar() {
    const at = this.on && this.text();
    const state = JSON.stringify([at && at.id, this.desk.data.languages]);
    if (this.drawnBar === state) return;
    this.drawnBar = state;
    const held = this.bar.contains(this.desk.root?.activeElement) && this.desk.root.activeElement.dataset.key;
    this.bar.replaceChildren(
      el("span", { class: "aside" }, say("beside.label"), " ", keyCap("d")),
      ...this.desk.data.languages.map((text) =>
        el("button", {
          class: "beside-choice",
          lang: text.lang,
          title: [nameOfLanguage(text.lang, language()), text.title].join(": "),
          "aria-pressed": String(at && at.id === text.id),
          dataset: { key: `beside-${text.id}` },
          onclick: () => this.choose(text),
        }, this.nameOf(text))));
    if (held) this.bar.querySelector(`[data-key="${held}"]`)?.focus({ preventScroll: true });
  }

  /** A language by its own name; with the title where there are two texts in it. */
  nameOf(text) {
    const alone = this.desk.data.languages.filter((one) => one.lang === text.lang).length === 1;
    const name = nameOfLanguage(text.lang, text.lang);
    return alone ? name : `${name}: ${text.title}`;
  }

  drawClause(eid) {
    const { desk, given } = this;
    const node = desk.nodes.get(eid);
    const wanted = this.on && given && (this.wide || eid === desk.here) ? given.clauses[eid] : null;
    const held = this.shown.get(eid);
    if (held?.wanted === wanted && held.wide === this.wide && held.carried === this.carriedOver) return;
    this.shown.set(eid, { wanted, wide: this.wide, carried: this.carriedOver });
    node.beside?.remove();
    node.beside = wanted ? this.part(node.clause, wanted) : null;
    if (node.beside) node.element.append(node.beside);
  }

  part(clause, { rows, sure }) {
    const { given } = this;
    const run = { lang: given.lang, dir: given.dir };
    const ours = { lang: language(), dir: "auto" };
    const name = nameOfLanguage(given.lang, language());
    const part = el("div", { class: `beside${sure ? "" : " proposed"}`, role: "group", "aria-label": say("beside.of", { clause: clause.citation, language: name }) },
      ...(rows.length ? rows.map((row) => el("p", { class: "beside-words", ...run }, row.text)) : [el("p", { class: "aside", ...ours }, say("beside.missing", { language: name }))]),
      rows.length && !sure ? el("p", { class: "aside unsure", ...ours }, say("beside.unsure")) : null,
      ...rows.flatMap((row) => row.tags.map((tag) => this.tag(tag, row, sure, name, run))));
    // Only a drag that begins here selects here: one that runs over from the words leaves it out.
    part.addEventListener("pointerdown", () => part.classList.add("copied"));
    part.addEventListener("pointerup", () => setTimeout(() => document.getSelection().isCollapsed && part.classList.remove("copied"), 0));
    return part;
  }

  tag(tag, row, sure, name, run) {
    const here = tag.carried
      ? el("span", { class: "aside" }, say("beside.carried"))
      : sure
        ? el("button", { class: "small", dataset: { key: `carry-${tag.id}` }, onclick: () => this.carry(tag) }, say("beside.carry"))
        : null;
    return el("p", { class: "beside-tag", lang: language(), dir: "auto" }, badge({ ...tag, own: true }), el("span", {}, say("beside.yours", { code: tag.name, language: name }), " ", tag.quote === row.text ? null : el("span", { class: "quote", ...run }, tag.quote)), here);
  }

  /** A tag of one's own in the other language, put on this clause too. */
  carry(tag) {
    tag.carried = true;
    this.carriedOver += 1;
    this.desk.outbox.add({ type: "carry_across", annotation: tag.id });
    this.desk.hint(say("beside.carried_said", { code: tag.name }));
    this.desk.render();
  }

  /** The clause at hand with what has opened under it, as far as there is room. */
  keepInSight(element) {
    const { desk } = this;
    if (this.wide || !this.on || !desk.nodes.get(desk.here).beside) return;
    const frame = desk.scroll.getBoundingClientRect();
    const rect = element.getBoundingClientRect();
    const under = rect.bottom + 12 - desk.floor(frame);
    if (under > 0) desk.scroll.scrollTop += Math.min(under, Math.max(0, rect.top - frame.top - 12));
  }
}
