/* A small card at a mark: what it says, why, by what standard, who. The list says the same to everybody. */
import { el } from "./dom.js";
import { keyCap } from "./keys.js";
import { badge, rangeOf } from "./marks.js";
import { say } from "./words.js";

const REST_MS = 250;
const LEAVE_MS = 200;
const MOST = 3;

/** The card of a desk: shown where the mouse rests, and at a mark that was chosen by key or finger. */
export class Card {
  constructor(desk) {
    this.desk = desk;
    this.box = el("div", { class: "card", hidden: true, "aria-hidden": "true", onpointerenter: () => clearTimeout(this.timer), onpointerleave: () => this.hover(null) });
    this.over = [];
    this.pinned = null;
  }

  /** The mouse is over these marks, or over none. */
  hover(keys) {
    const wanted = (keys ?? []).slice(0, MOST);
    if (String(wanted) === String(this.coming)) return;
    clearTimeout(this.timer);
    this.coming = wanted;
    this.timer = setTimeout(() => {
      this.over = wanted;
      this.draw();
    }, wanted.length ? REST_MS : LEAVE_MS);
  }

  /** A mark was chosen: its card stays until something else is done. */
  pin(key) {
    this.pinned = key;
  }

  /** Takes the card away; whether there was one. */
  close() {
    const open = !this.box.hidden;
    clearTimeout(this.timer);
    this.coming = this.over = [];
    this.pinned = null;
    this.box.hidden = true;
    return open;
  }

  draw() {
    const { desk } = this;
    const keys = this.over.length ? this.over : this.pinned && this.pinned === desk.at ? [this.pinned] : [];
    const items = keys.map((key) => desk.items.find((item) => item.key === key)).filter(Boolean);
    const inTheWay = desk.draft || desk.following.open || desk.lettering.shown || desk.assessing.open || desk.handles.dragged;
    this.box.hidden = !items.length || Boolean(inTheWay);
    if (this.box.hidden) return;
    this.box.replaceChildren(...items.map((item) => this.part(item)));
    this.place(items[0]);
  }

  part(item) {
    const { desk } = this;
    const concern = desk.data.concerns.find((one) => one.id === item.concern);
    const code = concern?.codes.find((one) => one.id === item.code);
    const from = item.own && item.suggestion ? desk.data.suggestions.find((one) => one.id === item.suggestion) : null;
    const { reason, standard } = item.own ? from ?? { reason: code?.definition ?? concern?.definition } : item;
    const who = item.own ? say("review.card.by", { name: desk.data.reviewer.name }) : say("review.card.rule", { rule: item.rule });
    const button = (name, key, act) => el("button", { class: "small", tabindex: "-1", onclick: act }, say(`review.${name}`), key && keyCap(key));
    const chosen = item.key === desk.at;
    return el("section", {},
      el("p", { class: "card-name" }, badge(item), el("b", {}, item.name), el("span", { class: "aside" }, [concern?.name, say(`review.${item.polarity}`), item.severity && say(`review.severity.${item.severity}`)].filter(Boolean).join(" · "))),
      reason ? el("p", {}, reason) : null,
      item.note ? el("p", { class: "card-note" }, item.note) : null,
      el("p", { class: "aside" }, [standard, who].filter(Boolean).join(" · ")),
      // On a narrow page the sheet below has the buttons, and the words are short of room.
      desk.narrow() ? null : el("p", { class: "card-acts" },
        ...(item.own ? [] : [
          button("accept", chosen && "a", () => desk.act({ accept: item.key })),
          button("reject", chosen && "x", () => desk.act({ reject: item.key })),
        ]),
        button("change", chosen && "c", () => desk.act({ change: item.key })),
        item.own ? button("remove", chosen && "x", () => desk.act({ remove: item.key })) : null,
        button("copy_quote", chosen && "q", () => desk.copyQuote(item)),
        button("copy_link", chosen && "Shift q", () => desk.copyLink(item))));
  }

  /** Under the last line of the mark, or over its first where there is no room: never on its words. */
  place(item) {
    const { desk, box } = this;
    const rects = item.pieces.flatMap((piece) => [...rangeOf(desk.nodes.get(piece.eid).text, piece.start, piece.end).getClientRects()]);
    const frame = desk.frame.getBoundingClientRect();
    const seen = desk.scroll.getBoundingClientRect();
    const floor = desk.floor(seen);
    const first = rects[0];
    const last = rects.at(-1);
    // In large letters on a small page it would hide the words; the sheet says the same.
    const crowds = desk.narrow() && box.offsetHeight > (floor - seen.top) / 2;
    if (!last || crowds || last.bottom < seen.top || first.top > floor) {
      box.hidden = true;
      return;
    }
    const under = last.bottom + 12 + box.offsetHeight <= floor || first.top - seen.top < box.offsetHeight + 12;
    box.style.left = `${Math.max(8, Math.min((under ? last : first).left, seen.right - box.offsetWidth - 8) - frame.left)}px`;
    box.style.top = `${(under ? Math.min(last.bottom + 12, floor - box.offsetHeight - 4) : first.top - box.offsetHeight - 6) - frame.top}px`;
  }
}
