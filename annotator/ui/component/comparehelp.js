/* What each key does in the compare view. Keys can be changed in Review, and are so here too. */
import { el } from "./dom.js";
import { keyCap, keysAreOn, switchKeys } from "./keys.js";
import { say } from "./words.js";

const CMP_KEYS = [
  ["clause", "j", "k"], ["difference", "n", "p"], ["kind", "v"], ["words", "/"], ["order", "t"], ["fold", "f"],
  ["open", "o"], ["settle", "s"], ["help", "?"], ["leave", "Escape"],
];

export class CompareHelp {
  constructor() {
    this.box = el("dialog", { class: "help cmp-help", "aria-label": say("compare.keys.title") });
  }

  show() {
    const toggle = el("input", { type: "checkbox", checked: keysAreOn(), onchange: (event) => switchKeys(event.target.checked) });
    this.box.replaceChildren(
      el("header", {}, el("h2", {}, say("compare.keys.title")), el("button", { class: "plain", onclick: () => this.box.close() }, say("keys.leave"), keyCap("Escape"))),
      el("div", { class: "help-tools" }, el("label", {}, toggle, say("keys.on"))),
      el("dl", { class: "cmp-keys" }, ...CMP_KEYS.map(([id, ...keys]) => el("div", {}, el("dt", {}, ...keys.map(keyCap)), el("dd", {}, say(`compare.keys.${id}`))))));
    this.box.showModal();
  }
}
