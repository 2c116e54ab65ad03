/* Keys and what they do on the desk. */
import { isField } from "./dom.js";
import { Drawing } from "./drawing.js";
import { commandFor, keysAreOn, nameOf, sayKeys } from "./keys.js";
import { choices, SEVERITIES } from "./palette.js";
import { moveByPhrase, phraseAt } from "./phrases.js";
import { moveByWord, moveEnd, nextSentence, wholeOf, widen } from "./selection.js";
import { say } from "./words.js";

/* What the keys of these commands do again while they are held down. */
const REPEATED = /Arrow|^(?:Shift )?[jknphl]$/;

/** The desk as it is worked from the keyboard. */
export class Commanding extends Drawing {
  key(event) {
    // The desk outlives its page for a moment; keys pressed on the next page are not for it.
    if (this.left || window.location.pathname !== this.page) return;
    if (this.help.open) {
      this.help.key(event);
      return;
    }
    const pressed = nameOf(event);
    const name = pressed && commandFor(pressed);
    if (!name && !(pressed && keysAreOn())) return;
    if (event.repeat && !REPEATED.test(name ?? "")) return;
    const command = this.lettering.key(pressed) || (this.draft && this.paletteKey(name, pressed))
      || this.linking.key(name ?? "") || this.following.key(name ?? "") || this.assessing.key(pressed) || (name && this.command(name));
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    command();
  }

  /** What a key means while the palette is open; codes have letters of their own, whatever the commands have. */
  paletteKey(name, pressed) {
    const plain = pressed.replace("Shift ", "");
    if (/^[123]$/.test(plain)) {
      const concern = this.data.concerns.find((one) => one.key === plain);
      if (!concern) return null;
      return () => this.actPalette({ concern: concern.id, polarity: pressed.startsWith("Shift") ? "safeguard" : "risk" });
    }
    if (/^[456]$/.test(pressed)) return () => this.actPalette({ severity: SEVERITIES[Number(pressed) - 4] });
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
    if (/^(?:Shift )?[123]$/.test(name)) return () => this.hint(sayKeys("review.select_first"));
    if (/^[456]$/.test(name)) return this.item()?.own ? () => this.edit(this.at, { severity: SEVERITIES[Number(name) - 4] }) : null;
    if (/Arrow/.test(name)) return this.arrow(name);
    const open = (item) => !item.own && !item.decision;
    const own = (item) => item.own;
    const commands = {
      j: () => this.move(1),
      k: () => this.move(-1),
      n: () => this.step(open, 1, true),
      p: () => this.step(open, -1, true),
      m: () => this.step(own, 1),
      "Shift m": () => this.step(own, -1),
      PageDown: () => this.leaf(1),
      PageUp: () => this.leaf(-1),
      "]": () => this.leaf(1),
      "[": () => this.leaf(-1),
      f: () => this.askPlace(),
      "/": () => document.querySelector('a[data-testid="stTopNavLink"][href$="/search"]')?.click(),
      o: () => this.following.next(),
      d: () => this.beside.toggle(),
      i: () => this.linking.start(),
      b: () => this.following.goBack(),
      g: () => this.assessing.toggle(),
      w: () => this.lettering.toggle(),
      s: () => this.widen("sentence"),
      "Shift s": () => this.widen("next_sentence"),
      u: () => this.widen("whole"),
      l: () => this.moveEnd("end", 1),
      "Shift l": () => this.moveEnd("end", -1),
      h: () => this.moveEnd("start", -1),
      "Shift h": () => this.moveEnd("start", 1),
      e: () => this.takeEnds(),
      r: () => this.repeat(),
      a: () => this.accept(this.at ?? this.offered()?.key),
      x: () => this.reject(this.at ?? this.offered()?.key),
      Delete: () => this.remove(this.at),
      c: () => this.change(this.at ?? this.offered()?.key),
      t: () => this.panel.note.focus(),
      0: () => this.judge("no_concern"),
      Enter: () => this.judge("concern"),
      z: () => this.undo("undo"),
      y: () => this.undo("redo"),
      "Shift z": () => this.undo("redo"),
      q: () => this.copyQuote(this.item()),
      "Shift q": () => this.copyLink(this.item()),
      v: () => this.nextFilter(),
      "?": () => this.help.show(),
      Escape: () => this.escape(),
    };
    return commands[name] ?? null;
  }

  /** Arrows select: along the line a word, up and down a phrase; with Shift they move the end. */
  arrow(name) {
    const { lang, dir } = this.data.document;
    const shift = name.startsWith("Shift");
    const key = name.replace("Shift ", "");
    const steps = { ArrowRight: dir === "rtl" ? -1 : 1, ArrowLeft: dir === "rtl" ? 1 : -1, ArrowDown: 1, ArrowUp: -1 };
    const extend = shift || this.ends;
    const found = key === "ArrowDown" || key === "ArrowUp"
      ? () => moveByPhrase(this.selection, this.here, this.texts, lang, steps[key], extend)
      : () => moveByWord(this.selection, this.here, this.texts, lang, steps[key], extend, this.ends && shift);
    return () => {
      const selection = found();
      if (selection) this.chooseWords(selection);
    };
  }

  /** Selects, and tells those who do not see it. */
  chooseWords(selection) {
    document.getSelection().removeAllRanges();
    this.select(selection);
    this.say(this.quoteOf(selection), this.data.document.lang, "words");
  }

  /** Selects the phrase, sentence or clause around what is selected, or around the clause's beginning. */
  widen(unit) {
    const eid = this.selection?.start_eid ?? this.here;
    const text = this.texts.get(eid);
    const { lang } = this.data.document;
    const { selection } = this;
    const found = {
      phrase: () => phraseAt(selection ?? { start: 0, end: 0 }, eid, text, lang),
      sentence: () => widen(selection, eid, text, lang),
      next_sentence: () => nextSentence(selection, eid, text, lang),
      whole: () => wholeOf(eid, text),
    }[unit]();
    if (found) this.chooseWords(found);
  }

  /** Moves one end of the selection a word, or of the mark at hand where nothing is selected. */
  moveEnd(side, step) {
    const held = this.selection ?? this.item();
    if (!held) return this.hint(sayKeys("review.nothing_chosen"));
    if (!this.selection && held[`cut_${side}`]) return this.hint(say("review.elsewhere"));
    const { start_eid, start, end_eid, end } = held;
    const moved = moveEnd({ start_eid, start, end_eid, end }, side, step, this.order, this.texts, this.data.document.lang);
    return this.moveEnds(moved);
  }

  /** Gives the selection these ends, or the tag at hand, which is stored so at once. */
  moveEnds(span) {
    const item = this.item();
    if (this.selection) this.chooseWords(span);
    else if (item?.own) {
      this.edit(item.key, this.spanOf(item, span));
      this.say(this.quoteOf(span), this.data.document.lang, "words");
    } else if (item) {
      this.change(item.key);
      this.chooseWords(span);
    }
  }

  takeEnds() {
    if (!this.selection && this.item()) this.change(this.at);
    this.ends = true;
    this.hint(say("review.ends"));
  }

  /** Puts the reader into the field that takes a citation. */
  askPlace() {
    const field = document.querySelector(".st-key-review-jump input");
    const seen = field?.checkVisibility?.() && field.getBoundingClientRect().right > 0;
    if (!seen) return this.hint(say("review.no_field"));
    this.asking = field;
    return field.focus();
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
    this.card.close();
    this.at = this.draft ? this.at : null;
    this.clear(true);
  }
}
