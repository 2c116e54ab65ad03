/* All keys: grouped, searched by typing, changed or switched off by whoever needs it. */
import { el } from "./dom.js";
import { drawCaps, isFree, KEYS, keyCap, keysAreOn, keysWereMoved, moveKey, printed, resetKeys, switchKeys, isCharacter, written } from "./keys.js";
import { say } from "./words.js";

/** The dialog under `?`; `changed` is called when a key means something else, `tour` begins the tour. */
export class Help {
  constructor(changed, tour) {
    this.changed = changed;
    this.tour = tour;
    this.search = el("input", { type: "search", class: "help-search", "aria-label": say("keys.search"), placeholder: say("keys.search"), oninput: () => this.sift() });
    this.groups = el("div", { class: "help-groups" });
    this.said = el("p", { class: "help-said", role: "status" });
    this.box = el("dialog", { class: "help", "aria-label": say("keys.title"), onclose: () => (this.asking = null) });
  }

  get open() {
    return this.box.open;
  }

  show() {
    this.search.value = "";
    this.asking = null;
    this.said.textContent = "";
    const toggle = el("input", { type: "checkbox", checked: keysAreOn(), onchange: (event) => this.take(() => switchKeys(event.target.checked)) });
    this.reset = el("button", { class: "plain", onclick: () => this.take(resetKeys) }, say("keys.reset"));
    this.box.replaceChildren(
      el("header", {}, el("h2", {}, say("keys.title")), this.tour, el("button", { class: "plain", onclick: () => this.box.close() }, say("keys.leave"), keyCap("Escape"))),
      el("div", { class: "help-tools" }, this.search, el("label", {}, toggle, say("keys.on")), this.reset),
      el("p", { class: "aside" }, say("keys.hint")), this.said, this.groups);
    this.draw();
    this.box.showModal();
    this.search.focus();
  }

  draw() {
    this.reset.hidden = !keysWereMoved();
    this.groups.replaceChildren(...KEYS.map(([group, rows]) =>
      el("section", {}, el("h3", {}, say(`keys.group.${group}`)),
        el("dl", {}, ...rows.map(([id, ...keys]) => el("div", { class: "help-row", dataset: { command: id } },
          el("dt", {}, isFree(id, keys[0]) ? this.button(id, keys) : caps(keys)),
          el("dd", {}, say(`keys.does.${id}`))))))));
    this.sift();
  }

  /** The key of a command, to press for another one. */
  button(id, keys) {
    const what = say(`keys.does.${id}`);
    return el("button", {
      class: "help-key", "aria-label": say("keys.change", { key: printed(keys[0]), what }), title: say("keys.change_short"),
      onclick: () => {
        this.asking = keys[0];
        this.said.textContent = say("keys.press", { what });
      },
    }, caps(keys));
  }

  /** A key pressed while one is asked for becomes that of the command. */
  key(event) {
    if (!this.asking) return;
    if (["Escape", "Tab"].includes(event.key)) {
      if (event.key === "Escape") event.preventDefault();
      this.asking = null;
      this.said.textContent = "";
      return;
    }
    const pressed = written(event);
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    event.preventDefault();
    const command = this.asking;
    if (event.ctrlKey || event.altKey || event.metaKey || !isCharacter(pressed) || /\d/.test(pressed)) {
      this.said.textContent = say("keys.not_that");
      return;
    }
    this.asking = null;
    let other;
    this.take(() => (other = moveKey(command, pressed)));
    this.said.textContent = other ? say("keys.swapped", { key: printed(command), what: say(`keys.does.${other}`) }) : say("keys.moved", { key: printed(command) });
    this.groups.querySelector(`[data-command="${KEYS.flatMap(([, rows]) => rows).find(([, key]) => key === command)[0]}"] button`)?.focus();
  }

  take(change) {
    change();
    this.draw();
    drawCaps(this.box);
    this.changed();
  }

  /** Only the rows that say what is typed, or whose key it is. */
  sift() {
    const wanted = this.search.value.trim().toLowerCase();
    for (const section of this.groups.children) {
      const rows = [...section.querySelectorAll(".help-row")];
      for (const row of rows) row.hidden = Boolean(wanted) && !row.textContent.toLowerCase().includes(wanted);
      section.hidden = rows.every((row) => row.hidden);
    }
  }
}

function caps(keys) {
  const digits = /^(Shift )?\d/.exec(keys[0]);
  if (!digits) return keys.map(keyCap);
  const plain = keys[0].replace("Shift ", "").split(" ");
  return plain.map((digit) => keyCap(digits[1] ? `Shift ${digit}` : digit));
}
