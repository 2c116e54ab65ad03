/* Keys and what they do on the desk. */
import { cap, el, isField } from "./dom.js";
import { Drawing } from "./drawing.js";
import { KEYS, nameOf } from "./keys.js";
import { choices, SEVERITIES } from "./palette.js";
import { moveByWord, widen } from "./selection.js";

/** The desk as it is worked from the keyboard. */
export class Commanding extends Drawing {
  key(event) {
    // The desk outlives its page for a moment; keys pressed on the next page are not for it.
    if (this.left || this.help.open || window.location.pathname !== this.page) return;
    const name = nameOf(event);
    if (!name || (event.repeat && !/Arrow|^[jknp]$/.test(name))) return;
    const command = (this.draft && this.paletteKey(name)) || this.following.key(name) || this.assessing.key(name) || this.command(name);
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    command();
  }

  paletteKey(name) {
    const plain = name.replace("Shift ", "");
    if (/^[123]$/.test(plain)) {
      const concern = this.data.concerns.find((one) => one.key === plain);
      if (!concern) return null;
      return () => this.actPalette({ concern: concern.id, polarity: name.startsWith("Shift") ? "safeguard" : "risk" });
    }
    if (/^[456]$/.test(name)) return () => this.actPalette({ severity: SEVERITIES[Number(name) - 4] });
    if (name === "Enter") return () => this.commit();
    if (name === " ") return () => this.actPalette({ searching: true });
    // The palette stands last in the page: without this Tab would go through everything else first.
    if (name === "Tab" && !this.palette.contains(this.root.activeElement)) return () => this.palette.querySelector("[aria-pressed=true]").focus();
    if (this.draft.armed && /^\p{L}$/u.test(plain) && plain !== "e") {
      const code = choices(this.data.concerns, this.draft).find((one) => one.key.toLowerCase() === plain);
      if (code) return () => this.actPalette({ commit: true, pick: code });
    }
    return null;
  }

  command(name) {
    const rtl = this.data.document.dir === "rtl";
    const forward = rtl ? "ArrowLeft" : "ArrowRight";
    const back = rtl ? "ArrowRight" : "ArrowLeft";
    if ([forward, back, `Shift ${forward}`, `Shift ${back}`].includes(name)) {
      const step = name.endsWith(forward) ? 1 : -1;
      const shift = name.startsWith("Shift");
      return () => {
        const found = moveByWord(this.selection, this.here, this.texts, this.data.document.lang, step, shift || this.ends, this.ends && shift);
        if (found) this.select(found);
      };
    }
    const open = (item) => !item.own && !item.decision;
    const commands = {
      j: () => this.move(1),
      k: () => this.move(-1),
      n: () => this.step(open, 1),
      p: () => this.step(open, -1),
      m: () => this.step((item) => item.own, 1),
      "Shift m": () => this.step((item) => item.own, -1),
      PageDown: () => this.leaf(1),
      PageUp: () => this.leaf(-1),
      "]": () => this.leaf(1),
      "[": () => this.leaf(-1),
      o: () => this.following.next(),
      b: () => this.following.goBack(),
      g: () => this.assessing.toggle(),
      s: () => this.select(widen(this.selection, this.here, this.texts.get(this.here), this.data.document.lang)),
      e: () => this.moveEnds(),
      r: () => this.repeat(),
      a: () => this.accept(this.at),
      x: () => this.reject(this.at),
      Delete: () => this.remove(this.at),
      c: () => this.change(this.at),
      t: () => this.panel.note.focus(),
      0: () => this.judge("no_concern"),
      Enter: () => this.judge("concern"),
      z: () => this.undo("undo"),
      y: () => this.undo("redo"),
      "Shift z": () => this.undo("redo"),
      "?": () => this.toggleHelp(),
      Escape: () => this.escape(),
    };
    if (/^(?:Shift )?[123]$/.test(name)) return () => this.hint("Select words first: drag over them, or press S for the sentence.");
    if (/^[456]$/.test(name)) return this.item()?.own ? () => this.edit(this.at, { severity: SEVERITIES[Number(name) - 4] }) : null;
    return commands[name] ?? null;
  }

  moveEnds() {
    if (!this.selection && this.item()) this.change(this.at);
    this.ends = true;
    this.hint("Arrows move the end, with Shift the start. Enter keeps it.");
  }

  escape() {
    if (this.draft?.searching) {
      this.draft = { ...this.draft, searching: false, query: "" };
      this.root.activeElement?.blur();
      this.render();
      return;
    }
    if (isField(this.root.activeElement)) {
      this.root.activeElement.blur();
      return;
    }
    this.at = this.draft ? this.at : null;
    this.clear(true);
  }

  toggleHelp() {
    this.help.replaceChildren(
      el("header", {}, el("h2", {}, "All keys"), el("button", { class: "plain", onclick: () => this.help.close() }, "Close", cap("Esc"))),
      el("div", { class: "help-groups" }, ...KEYS.map(([group, rows]) =>
        el("section", {}, el("h3", {}, group),
          el("dl", {}, ...rows.flatMap((row) => [[row[0], row[1]], [row[2], row[3]]]).flatMap(([keys, name]) => [el("dt", {}, el("kbd", {}, keys)), el("dd", {}, name)]))))),
    );
    this.help.showModal();
  }
}
