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

  /**
   * Tells those who listen; others see it only where they could not see what it says. Of what is
   * told of one `topic` in one go, as of a selection that grows key by key, the last alone is told.
   */
  say(words, lang, { seen = false, topic = null } = {}) {
    if (topic) this.words = this.words.filter((one) => one.dataset.topic !== topic);
    // Later, as when the desk is drawn: a page that has nothing to paint lets a decision go first.
    if (!this.due) this.due = setTimeout(() => this.speak(), 0);
    // A key pressed three times too often is answered once.
    if (this.words.at(-1)?.textContent === `${words} `) return;
    const told = el("span", { lang, class: seen ? null : "unseen", dataset: topic ? { topic } : {} }, words, " ");
    this.words = [...this.words, told];
  }

  /** Tells everyone. */
  hint(words, lang) {
    this.say(words, lang, { seen: true });
    this.seen = true;
  }

  speak() {
    this.due = null;
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
