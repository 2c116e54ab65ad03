/* Letters before the phrases of a clause: one key for any words in it, without moving there. */
import { el } from "./dom.js";
import { rangeOf } from "./marks.js";
import { phrasesOf } from "./phrases.js";
import { say } from "./words.js";

const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
const NAMES = [...LETTERS, ...LETTERS.map((letter) => `Shift ${letter}`)];

/** The letters on a desk: shown by a key, each a button for mouse and finger. */
export class Lettering {
  constructor(desk) {
    this.desk = desk;
    this.shown = null;
    // A letter that is pressed is not the words below it.
    this.layer = el("div", { class: "letters", onpointerdown: (event) => event.stopPropagation() });
  }

  /** Shows them on the clause at hand, of a long one from what is in sight; again takes them away. */
  toggle() {
    if (this.shown) return this.close();
    const { desk } = this;
    const eid = desk.selection?.end_eid ?? desk.here;
    // On a phone the panel lies over the words.
    desk.panel.root.classList.remove("open");
    const node = desk.nodes.get(eid);
    const top = desk.scroll.getBoundingClientRect().top;
    const rects = phrasesOf(node.text.data, desk.data.document.lang).map(([start, end]) => ({ start, end, rect: rangeOf(node.text, start, start + 1).getBoundingClientRect() }));
    const seen = rects.length > NAMES.length ? rects.filter(({ rect }) => rect.bottom > top) : rects;
    if (!seen.length) return desk.hint(say("review.no_words"));
    this.shown = new Map(seen.slice(0, NAMES.length).map((phrase, index) => [NAMES[index], { ...phrase, eid }]));
    node.layer.parentElement.append(this.layer);
    const origin = this.layer.getBoundingClientRect();
    const rtl = desk.data.document.dir === "rtl";
    this.layer.replaceChildren(...[...this.shown].map(([name, { rect, start, end }]) => el("button", {
      class: "letter-key",
      tabindex: "-1",
      "aria-label": `${name.replace("Shift ", "")}: ${node.text.data.slice(start, end)}`,
      style: { left: `${(rtl ? rect.right : rect.left) - origin.left}px`, top: `${rect.top - origin.top}px` },
      onclick: () => this.take(name),
    }, name.startsWith("Shift") ? name.at(-1).toUpperCase() : name)));
    return desk.hint(say(desk.selection ? "review.letters_extend" : "review.letters"));
  }

  /** The key of a letter while they are shown; any other takes them away and keeps its meaning. */
  key(name) {
    if (!this.shown) return null;
    if (this.shown.has(name)) return () => this.take(name);
    this.close();
    return name === "Escape" ? () => undefined : null;
  }

  /** Selects the phrase of that letter; with words selected already, everything between. */
  take(name) {
    const { desk } = this;
    const { eid, start, end } = this.shown.get(name);
    this.close();
    const held = desk.selection?.start_eid === eid && desk.selection.end_eid === eid ? desk.selection : null;
    desk.select({ start_eid: eid, start: Math.min(start, held?.start ?? start), end_eid: eid, end: Math.max(end, held?.end ?? end) });
  }

  close() {
    this.shown = null;
    this.layer.remove();
  }
}
