/* The small mark that says whether everything is stored, and why it is not. */
import { el, icon } from "./dom.js";
import { say } from "./words.js";

/** `mark` stands in the bar; `reason` below it, for as long as something cannot be stored. */
export class Saving {
  constructor() {
    this.mark = el("div", { class: "saved", role: "status" });
    this.reason = el("p", { class: "unsaved-reason", role: "alert", hidden: true });
    this.shown = "";
  }

  draw(outbox) {
    const { state } = outbox;
    const n = outbox.pending.length;
    this.mark.dataset.pending = n;
    const why = this.why(outbox);
    const shown = JSON.stringify([state, n, why]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.mark.dataset.state = state;
    this.mark.replaceChildren(
      ...(state === "failed"
        ? [icon("warn"), say("saving.not_saved", { n }), " · ", el("button", { class: "plain", dataset: { key: "retry" }, onclick: () => outbox.hurry() }, say("saving.again"))]
        : state === "saving" ? [say("saving.saving")] : [icon("tick"), say("saving.saved")]),
    );
    this.reason.hidden = !why;
    this.reason.textContent = why;
  }

  why(outbox) {
    const { pending, kept, state, tries } = outbox;
    if (pending.length && !kept) return state === "failed" ? [outbox.why, say("saving.not_kept")].join(" ").trim() : "";
    if (state !== "failed") return "";
    // A server that is started anew is back within a moment: nobody need read of it.
    return outbox.why || (tries > 1 ? say("saving.nobody") : "");
  }
}
