/* What each key does in the settle view. Keys can be changed and switched off in Review, and are so here too. */
import { el } from "./dom.js";
import { keyCap } from "./keys.js";
import { say } from "./words.js";

const KEYS_HERE = [
  ["next", "j"], ["previous", "k"], ["passage", "n", "p"], ["view", "1", "2", "3"], ["label", "Shift 1", "Shift 2"], ["none", "0"], ["disagree", "d"],
  ["union", "u"], ["shared", "i"], ["change", "c"], ["new", "w"], ["end", "ArrowLeft", "ArrowRight"], ["start", "Shift ArrowLeft", "Shift ArrowRight"],
  ["text_ambiguous", "a"], ["codebook_gap", "g"], ["slip", "s"], ["legal_disagreement", "l"], ["note", "t"], ["decide", "Enter"], ["many", "Shift Enter"],
  ["keep", "b"], ["keep_all", "Shift b"], ["unsettle", "x"], ["undo", "z"], ["redo", "y"], ["talk", "m"], ["open", "o"], ["leave", "Escape"],
];

export class SettleHelp {
  constructor() {
    this.box = el("dialog", { class: "help", "aria-label": say("settle.keys.title") });
  }

  show() {
    this.box.replaceChildren(
      el("header", {}, el("h2", {}, say("settle.keys.title")), el("button", { class: "plain", onclick: () => this.box.close() }, say("settle.many.leave"), keyCap("Escape"))),
      el("dl", { class: "stl-help" }, ...KEYS_HERE.map(([id, ...keys]) => el("div", {}, el("dt", {}, ...keys.map(keyCap)), el("dd", {}, say(`settle.keys.${id}`))))));
    this.box.showModal();
  }
}
