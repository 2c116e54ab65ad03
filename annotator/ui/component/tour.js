/* The tour of the review page: five steps that point at what they speak of and never stand in the way. */
import { cap, el, memory } from "./dom.js";
import { sayKeys } from "./keys.js";
import { say } from "./words.js";

const SEEN = "ta-tour";
const TOUR_AT = "ta-tour-at";
const AROUND = 4;

/* What each step points at: the first of these that is in sight. */
const STEPS = [
  { name: "text", at: (desk) => [desk.nodes.get(desk.here)?.words] },
  { name: "decide", at: (desk) => [desk.panel.marks], begin: toSuggestion },
  { name: "tag", at: (desk) => [desk.nodes.get(desk.here)?.words] },
  { name: "guards", at: (desk) => [desk.panel.guards, desk.panel.toGuards], begin: toPower },
  { name: "done", at: (desk) => [desk.panel.done.parentElement] },
];

/**
 * Offered once to each browser, and begun from the help; what it says stands above the text and
 * moves it down, so that nothing is covered and every key and button goes on working.
 */
export class Tour {
  constructor(desk) {
    this.desk = desk;
    this.at = null;
    this.said = el("div", { "aria-live": "polite" });
    this.acts = el("p", { class: "tour-acts" });
    this.strip = el("section", { class: "tour", "aria-label": say("tour.name"), hidden: true, onkeydown: (event) => this.key(event) }, this.said, this.acts);
    this.ring = el("div", { class: "tour-ring", "aria-hidden": "true", hidden: true });
    this.keys = el("span", { class: "tour-keys" });
    this.button = el("button", { class: "plain", onclick: () => this.begin() }, say("tour.again"));
  }

  /** Once the first sheet stands: goes on after a reload, begins where one practises, else offers itself. */
  settle() {
    if (this.settled) return;
    this.settled = true;
    const held = memory.get(TOUR_AT, sessionStorage);
    const practising = window.location.pathname.endsWith("/practice");
    if (held !== null) this.show(held);
    else if (memory.get(SEEN)) return;
    else if (practising) this.show(0);
    else this.offer();
  }

  offer() {
    this.strip.classList.add("offered");
    this.said.replaceChildren(el("p", {}, say("tour.offer")));
    this.acts.replaceChildren(
      el("button", { class: "secondary", onclick: () => this.begin() }, say("tour.take")),
      el("button", { class: "plain", onclick: () => this.end() }, say("tour.refuse")));
    this.strip.hidden = false;
  }

  begin() {
    this.button.closest("dialog")?.close();
    this.show(0);
    this.next.focus();
  }

  /** Takes the step of that number, from nought. */
  show(at) {
    const { desk } = this;
    this.at = Math.min(Math.max(at, 0), STEPS.length - 1);
    memory.set(TOUR_AT, this.at, sessionStorage);
    const step = STEPS[this.at];
    const last = this.at === STEPS.length - 1;
    step.begin?.(desk);
    this.without = step.name === "guards" && desk.panel.guards.hidden;
    this.said.replaceChildren(
      el("p", { class: "tour-at" }, say("tour.at", { at: String(this.at + 1), of: String(STEPS.length) })),
      el("h2", {}, say(`tour.${step.name}.title`)),
      el("p", {}, say(this.without ? "tour.guards.without" : `tour.${step.name}.text`)),
      el("p", { class: "tour-how" }, say(`tour.${step.name}.hand`), " ", this.keys));
    this.sayKeys();
    const held = this.strip.contains(desk.root?.activeElement);
    this.next = el("button", { class: "primary", onclick: () => (last ? this.end() : this.show(this.at + 1)) }, say(last ? "tour.finish" : "tour.next"));
    this.acts.replaceChildren(...[
      this.next,
      this.at > 0 && el("button", { class: "secondary", onclick: () => this.show(this.at - 1) }, say("tour.back")),
      last ? null : el("button", { class: "plain", onclick: () => this.end() }, say("tour.leave"), cap("Esc")),
    ].filter(Boolean));
    this.strip.classList.remove("offered");
    this.strip.hidden = false;
    if (held) this.next.focus();
    this.place();
  }

  /** Again after keys were moved. */
  sayKeys() {
    if (this.at !== null) this.keys.textContent = sayKeys(`tour.${STEPS[this.at].name}.keys`);
  }

  end() {
    const held = this.strip.contains(this.desk.root?.activeElement);
    this.at = null;
    memory.set(SEEN, "seen");
    memory.set(TOUR_AT, null, sessionStorage);
    this.strip.hidden = true;
    this.ring.hidden = true;
    this.said.replaceChildren();
    if (held) this.desk.article.querySelector("h2").focus({ preventScroll: true });
  }

  key(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    this.end();
  }

  /** Draws the ring around what the step speaks of, as much of it as is in sight. */
  place() {
    if (this.at === null || !this.strip.isConnected) return;
    const { desk } = this;
    const frame = desk.frame.getBoundingClientRect();
    const seen = STEPS[this.at].at(desk).map((one) => one && inSight(one, desk)).find(Boolean);
    this.ring.hidden = !seen;
    if (!seen) return;
    const set = (name, value) => this.ring.style.setProperty(name, `${value}px`);
    set("left", seen.left - frame.left - AROUND);
    set("top", seen.top - frame.top - AROUND);
    set("width", seen.right - seen.left + 2 * AROUND);
    set("height", seen.bottom - seen.top + 2 * AROUND);
  }
}

/** The rectangle of an element that is not scrolled away, or null. */
function inSight(element, desk) {
  const rect = element.getBoundingClientRect();
  const seen = { left: rect.left, right: rect.right, top: rect.top, bottom: rect.bottom };
  for (let node = element.parentElement; node && node !== desk.frame; node = node.parentElement) {
    if (getComputedStyle(node).overflowY === "visible") continue;
    const within = node.getBoundingClientRect();
    seen.top = Math.max(seen.top, within.top + AROUND);
    seen.bottom = Math.min(seen.bottom, within.bottom - AROUND);
  }
  // On a narrow page the panel lies over the words.
  if (desk.scroll.contains(element)) seen.bottom = Math.min(seen.bottom, desk.floor(desk.scroll.getBoundingClientRect()) - AROUND);
  return rect.width && seen.bottom - seen.top > 12 ? seen : null;
}

/** A suggestion to decide on, where none is at hand and the clause or its article has one. */
function toSuggestion(desk) {
  if (desk.item()) return;
  const open = desk.items.filter((item) => !item.own && !item.decision);
  const here = open.find((item) => item.pieces.some((piece) => piece.eid === desk.here));
  if (here ?? open[0]) desk.choose((here ?? open[0]).key);
}

/** A clause that grants a power, where this one grants none; its safeguards in sight. */
function toPower(desk) {
  if (desk.draft) return;
  const power = desk.order.find((eid) => desk.data.powers[eid]);
  if (desk.panel.guards.hidden && power) {
    desk.goTo(power);
    desk.render(true);
  }
  desk.panel.guards.scrollIntoView({ block: "nearest" });
}
