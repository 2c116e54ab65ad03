/* The sidebar's list of articles, by chapter, with what is done or waits; it follows the review view at once. */
import { el, icon, keepingFocus } from "./dom.js";
import { numeral, say } from "./words.js";

const outlines = new WeakMap();

/* What the review view calls for a run of the page: decisions unanswered, and a list that is behind. */
const WAKING = ["ta-unanswered", "ta-outdated"];

/** Draws or redraws the outline. The review view tells it of each change by a window event. */
export function mountOutline(root, data, send) {
  let own = outlines.get(root);
  if (!own) {
    own = { live: new Map() };
    own.heard = (event) => {
      if (event.detail.document !== own.data.document) return;
      const { sheet, done, reopened, waiting, counts } = event.detail;
      const known = own.live.get(sheet) ?? own.data.sheets.find((one) => one.eid === sheet);
      // Most of what is done leaves the counts as they are, and seventy rows need no new drawing.
      const told = JSON.stringify([done, reopened, waiting, counts]);
      if (own.here === sheet && own.told === told) return;
      if (own.here === sheet && !counts && known?.done === done && known?.reopened === reopened) return;
      own.told = told;
      own.counts = counts ?? own.counts;
      own.live.set(sheet, event.detail);
      own.here = event.detail.sheet;
      draw(root, own);
    };
    window.addEventListener("ta-progress", own.heard);
    own.wake = () => own.send({ type: "wake" });
    for (const call of WAKING) window.addEventListener(call, own.wake);
    own.choose = (event) => own.send({ type: "queue", nonce: String(performance.now()), ...event.detail });
    window.addEventListener("ta-queue", own.choose);
    outlines.set(root, own);
  }
  own.data = data;
  own.send = send;
  own.live.clear();
  own.here = data.here;
  own.told = null;
  own.counts = data.queue?.counts;
  draw(root, own);
  if (own.shown !== data.here) {
    own.shown = data.here;
    const list = root.querySelector(".outline-list");
    const entry = list.querySelector("[aria-current=page]");
    if (entry) list.scrollTop += entry.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
  }
  return () => {
    window.removeEventListener("ta-progress", own.heard);
    for (const call of WAKING) window.removeEventListener(call, own.wake);
    window.removeEventListener("ta-queue", own.choose);
  };
}

function draw(root, own) {
  const { data, live } = own;
  const queue = data.queue ?? { kinds: [], kind: null };
  const rows = data.sheets.map((sheet) => ({ ...sheet, waiting: queue.waiting?.[sheet.eid] ?? 0, ...given(live.get(sheet.eid)), eid: sheet.eid }));
  const done = rows.reduce((sum, sheet) => sum + sheet.done, 0);
  const total = rows.reduce((sum, sheet) => sum + sheet.total, 0);
  const here = rows.reduce((sum, sheet) => sum + sheet.waiting, 0);
  const shown = rows.filter((sheet) => !queue.kind || sheet.waiting || sheet.eid === own.here);
  const list = [];
  let chapter = null;
  for (const sheet of shown) {
    if (sheet.chapter !== chapter) {
      chapter = sheet.chapter;
      if (chapter) list.push(el("li", { class: "chapter" }, el("b", {}, sheet.chapter_number), " ", sheet.chapter_heading));
    }
    list.push(el("li", {}, entry(sheet, queue.kind, own)));
  }
  const scrolled = root.querySelector(".outline-list")?.scrollTop ?? 0;
  keepingFocus(root, () => {
    root.querySelector(".ta-root").replaceChildren(
      el("div", { class: "outline" },
        el("p", { class: "outline-progress" }, say("queue.done_of", { done, total })),
        el("div", { class: "progress", role: "progressbar", "aria-label": say("queue.done_label"), "aria-valuenow": done, "aria-valuemin": 0, "aria-valuemax": total },
          el("div", { style: { width: `${total ? (100 * done) / total : 0}%` } })),
        queue.kinds.length ? choice(queue, own, total) : null,
        queue.kind ? ordering(queue, own) : null,
        el("nav", { "aria-label": say("queue.articles") }, el("ul", { class: "outline-list" }, ...list)),
        queue.kind ? remaining(queue, own, here) : null,
      ),
    );
  });
  root.querySelector(".outline-list").scrollTop = scrolled;
}

/** What the review view knows better by now, of what it knows at all. */
function given(told) {
  return Object.fromEntries(Object.entries(told ?? {}).filter(([, value]) => value !== undefined));
}

/** Takes up a queue; after a click keys are for the text again, where Enter means done. */
const choosing = (own, kind, order, more = {}) => (event) => {
  if (event.detail) event.currentTarget.blur();
  own.send({ type: "queue", kind, order, nonce: String(performance.now()), ...more });
};

/** The queues, each with what waits on it; one that is empty is left out unless it is chosen. */
function choice(queue, own, total) {
  const row = (kind, name, count, help) =>
    el("button", {
      class: "queue-row",
      "aria-pressed": String((queue.kind ?? "") === kind),
      title: help,
      dataset: { key: `queue-${kind || "all"}` },
      onclick: choosing(own, kind, queue.order),
    }, el("span", {}, name), el("span", { class: "entry-count" }, count));
  const counted = (kind) => own.counts?.[kind] ?? 0;
  const always = ["assigned", "unreviewed"];
  return el("div", { class: "queues", role: "group", "aria-label": say("queue.label") },
    row("", say("queue.all"), numeral(total), say("queue.all_help")),
    el("p", { class: "queues-across" }, say("queue.across")),
    ...queue.kinds.filter((kind) => counted(kind) || queue.kind === kind || always.includes(kind))
      .map((kind) => row(kind, say(`queue.kind.${kind}`), numeral(counted(kind)), say(`queue.help.${kind}`))));
}

function ordering(queue, own) {
  const button = (order) =>
    el("button", { "aria-pressed": String(queue.order === order), dataset: { key: `order-${order}` }, onclick: choosing(own, queue.kind, order) }, say(`queue.order.${order}`));
  return el("div", { class: "queue-order" },
    el("div", { class: "segments", role: "group", "aria-label": say("queue.order_label") }, button("text"), button("worth")),
    queue.order === "worth" ? el("p", { class: "aside" }, say("queue.worth_help")) : null);
}

/** What waits beyond the articles that are listed, and the way there. */
function remaining(queue, own, here) {
  const left = own.counts?.[queue.kind] ?? 0;
  const elsewhere = Math.max(0, left - here);
  if (!left) {
    return el("p", { class: "aside" }, say("queue.nothing"), " ",
      el("button", { class: "plain", dataset: { key: "queue-show-all" }, onclick: choosing(own, "", "text") }, say("queue.show_all")));
  }
  if (!elsewhere) return null;
  return el("p", { class: "aside" }, say(here ? "queue.elsewhere" : "queue.only_elsewhere", { n: elsewhere }), " ",
    el("button", { class: "plain", dataset: { key: "queue-elsewhere" }, onclick: choosing(own, queue.kind, queue.order, { elsewhere: true }) }, say("queue.go_there")));
}

function entry(sheet, kind, own) {
  const here = sheet.eid === own.here;
  const complete = sheet.done === sheet.total;
  const state = say(`queue.state.${sheet.reopened ? "reopened" : complete ? "done" : sheet.done ? "begun" : "unread"}`);
  const sign = sheet.reopened ? icon("redo") : complete ? icon("tick") : el("span", { class: here ? "dot here" : sheet.done ? "dot half" : "dot" });
  const count = kind ? numeral(sheet.waiting) : sheet.done && !complete ? `${numeral(sheet.done)}/${numeral(sheet.total)}` : numeral(sheet.total);
  const named = { name: `${sheet.label} ${sheet.heading}`.trim(), state, done: sheet.done, total: sheet.total };
  return el("button", {
    class: `entry${complete ? " complete" : ""}`,
    "aria-current": here ? "page" : null,
    "aria-label": kind ? say("queue.entry_waiting", { ...named, n: sheet.waiting }) : say("queue.entry", named),
    title: named.name,
    dataset: { key: sheet.eid, sheet: sheet.eid },
    onclick: () => own.send({ type: "go", eid: sheet.eid, nonce: String(performance.now()) }),
  }, sign, el("span", { class: "entry-number" }, sheet.number), el("span", { class: "entry-name" }, sheet.heading || sheet.label), el("span", { class: "entry-count" }, count));
}
