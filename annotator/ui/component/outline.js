/* The sidebar's list of articles, by chapter, with what is done; it follows the review view at once. */
import { el, icon, keepingFocus } from "./dom.js";

const outlines = new WeakMap();

/** Draws or redraws the outline. The review view tells it of each change by a window event. */
export function mountOutline(root, data, send) {
  let own = outlines.get(root);
  if (!own) {
    own = { filter: "all", live: new Map() };
    own.heard = (event) => {
      if (event.detail.document !== own.data.document) return;
      const { sheet, done, reopened } = event.detail;
      const known = own.live.get(sheet) ?? own.data.sheets.find((one) => one.eid === sheet);
      // Most of what is done leaves the counts as they are, and seventy rows need no new drawing.
      if (own.here === sheet && known?.done === done && known?.reopened === reopened) return;
      own.live.set(sheet, event.detail);
      own.here = event.detail.sheet;
      draw(root, own);
    };
    window.addEventListener("ta-progress", own.heard);
    own.wake = () => own.send({ type: "wake" });
    window.addEventListener("ta-unanswered", own.wake);
    outlines.set(root, own);
  }
  own.data = data;
  own.send = send;
  own.live.clear();
  own.here = data.here;
  draw(root, own);
  if (own.shown !== data.here) {
    own.shown = data.here;
    const list = root.querySelector(".outline-list");
    const entry = list.querySelector("[aria-current=page]");
    if (entry) list.scrollTop += entry.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
  }
  return () => {
    window.removeEventListener("ta-progress", own.heard);
    window.removeEventListener("ta-unanswered", own.wake);
  };
}

function draw(root, own) {
  const { data, live } = own;
  const rows = data.sheets.map((sheet) => ({ ...sheet, ...live.get(sheet.eid), eid: sheet.eid }));
  const done = rows.reduce((sum, sheet) => sum + sheet.done, 0);
  const total = rows.reduce((sum, sheet) => sum + sheet.total, 0);
  const shown = rows.filter((sheet) => own.filter === "all" || sheet.done < sheet.total || sheet.eid === own.here);
  const list = [];
  let chapter = null;
  for (const sheet of shown) {
    if (sheet.chapter !== chapter) {
      chapter = sheet.chapter;
      if (chapter) list.push(el("li", { class: "chapter" }, el("b", {}, sheet.chapter_number), " ", sheet.chapter_heading));
    }
    list.push(el("li", {}, entry(sheet, data, own)));
  }
  const scrolled = root.querySelector(".outline-list")?.scrollTop ?? 0;
  keepingFocus(root, () => {
    root.querySelector(".ta-root").replaceChildren(
      el("nav", { class: "outline", "aria-label": "Articles" },
        el("p", { class: "outline-progress" }, `${done} of ${total} clauses done`),
        el("div", { class: "progress", role: "progressbar", "aria-label": "Clauses done", "aria-valuenow": done, "aria-valuemin": 0, "aria-valuemax": total },
          el("div", { style: { width: `${total ? (100 * done) / total : 0}%` } })),
        el("div", { class: "segments", role: "group", "aria-label": "Show" },
          ...[["todo", "To do"], ["all", "All"]].map(([id, name]) =>
            el("button", {
              "aria-pressed": String(own.filter === id),
              dataset: { key: `filter-${id}` },
              onclick: () => {
                own.filter = id;
                draw(root, own);
              },
            }, name)),
        ),
        el("ul", { class: "outline-list" }, ...list),
        shown.length ? null : el("p", { class: "aside" }, "Every clause is done."),
      ),
    );
  });
  root.querySelector(".outline-list").scrollTop = scrolled;
}

function entry(sheet, data, own) {
  const here = sheet.eid === own.here;
  const complete = sheet.done === sheet.total;
  const state = sheet.reopened ? "to read again" : complete ? "done" : sheet.done ? "begun" : "not read";
  const sign = sheet.reopened ? icon("redo") : complete ? icon("tick") : el("span", { class: here ? "dot here" : sheet.done ? "dot half" : "dot" });
  const count = sheet.done && !complete ? `${sheet.done}/${sheet.total}` : String(sheet.total);
  return el("button", {
    class: `entry${complete ? " complete" : ""}`,
    "aria-current": here ? "page" : null,
    "aria-label": `${sheet.label} ${sheet.heading}, ${state}, ${sheet.done} of ${sheet.total} clauses`,
    title: `${sheet.label} ${sheet.heading}`,
    dataset: { key: sheet.eid, sheet: sheet.eid },
    onclick: () => own.send({ type: "go", eid: sheet.eid, nonce: String(performance.now()) }),
  }, sign, el("span", { class: "entry-number" }, sheet.number), el("span", { class: "entry-name" }, sheet.heading || sheet.label), el("span", { class: "entry-count" }, count));
}
