/* Telling: to those who listen, and in sight where a key did something that cannot be seen. */
import { el } from "./dom.js";

const HINT_MS = 5000;

/** The line that says what happened; what is said in one go is one announcement. */
export class Telling {
  constructor() {
    this.live = el("div", { class: "told unseen", "aria-live": "polite" });
    this.words = [];
    this.seen = false;
  }

  /** Tells those who listen; others see it only where they could not see what it says. */
  say(words, lang, seen = false) {
    // Later, as when the desk is drawn: a page that has nothing to paint lets a decision go first.
    if (!this.words.length) setTimeout(() => this.speak(), 0);
    // A key pressed three times too often is answered once.
    else if (this.words.at(-1).textContent === `${words} `) return;
    this.words = [...this.words, el("span", { lang, class: seen ? null : "unseen" }, words, " ")];
  }

  /** Tells everyone. */
  hint(words, lang) {
    this.say(words, lang, true);
    this.seen = true;
  }

  speak() {
    clearTimeout(this.silence);
    this.live.replaceChildren(...this.words);
    this.live.classList.toggle("unseen", !this.seen);
    this.words = [];
    this.seen = false;
    this.silence = setTimeout(() => {
      this.live.replaceChildren();
      this.live.classList.add("unseen");
    }, HINT_MS);
  }
}
