/* Beside the text: the clause at hand, its marks as real elements in reading order, note, verdict. */
import { cap, el, icon, keepingFocus } from "./dom.js";
import { badge } from "./marks.js";
import { olderPart, olderSign } from "./older.js";
import { SEVERITIES } from "./palette.js";
import { referenceLists } from "./references.js";

/* Of news: whose word it is that a suggestion stands in. */
const VOICES = {
  claim: { short: "a claim", long: "Somebody is reported to say so." },
  fact: { short: "stated", long: "The text states it in its own voice." },
};
const STATES = {
  concern: "Done",
  no_concern: "Done, no concern",
  reopened: "To read again",
  open: "Not done",
};

/** Builds the panel's fixed parts once, so that a note being written is never redrawn. */
export function buildPanel(act) {
  const title = el("h3", { class: "panel-title" });
  const state = el("span", { class: "panel-state" });
  const marks = el("div", { class: "panel-marks" });
  const guards = el("section", { class: "panel-guards", "aria-label": "Safeguards", hidden: true });
  const toGuards = el("button", { class: "to-guards small", hidden: true, onclick: () => act({ guard: "show" }) });
  const citing = el("div", {});
  const note = el("textarea", {
    class: "panel-note",
    "aria-label": "Note on this clause",
    placeholder: "Note on this clause",
    rows: "2",
    oninput: (event) => act({ note: event.target.value, soon: true }),
    onblur: (event) => act({ note: event.target.value }),
  });
  const none = el("button", { class: "secondary", onclick: () => act({ judge: "no_concern" }) }, "No concern", cap("0"));
  const done = el("button", { class: "primary", onclick: () => act({ judge: "concern" }) }, "Done, next clause", cap("Enter"));
  const reopen = el("button", { class: "plain", onclick: () => act({ judge: "reopened" }) }, "Read again");
  const previous = el("button", { class: "round", "aria-label": "Previous clause", onclick: () => act({ move: -1 }) }, icon("left"));
  const next = el("button", { class: "round", "aria-label": "Next clause", onclick: () => act({ move: 1 }) }, icon("right"));
  const size = el("button", { class: "stop", "aria-label": "Show more or less", onclick: (event) => event.target.closest(".panel").classList.toggle("open") });
  const root = el("aside", { class: "panel", "aria-label": "Clause at hand" },
    size,
    el("header", { class: "panel-head" }, title, state, reopen, toGuards, el("span", { class: "panel-arrows" }, previous, next)),
    el("div", { class: "panel-scroll" }, marks, guards, note, citing),
    el("footer", { class: "panel-foot" }, none, done),
  );
  return { root, title, state, marks, guards, toGuards, citing, note, none, done, reopen };
}

/** Draws what is known about the clause at hand. */
export function drawPanel(panel, root, clause, items, view, act) {
  panel.title.textContent = clause ? clause.citation.replace(/^./u, (first) => first.toUpperCase()) : "";
  const review = view.states.get(clause?.eid) ?? { state: "open", note: "" };
  panel.state.textContent = STATES[review.state] ?? "";
  panel.state.className = `panel-state ${review.state}`;
  panel.reopen.hidden = !["concern", "no_concern"].includes(review.state);
  if (root.activeElement !== panel.note) panel.note.value = review.note ?? "";
  const own = items.filter((item) => item.own).length;
  const open = items.filter((item) => !item.own && !item.decision).length;
  const rejected = items.filter((item) => item.decision === "rejected");
  // A note on a tag that is being written stays as it is; what has come meanwhile is drawn after it.
  const field = root.activeElement;
  if (field?.classList.contains("mark-note") && field.dataset.key === `note-${view.at}`) return;
  keepingFocus(root, () => {
    if (panel.cited !== clause || panel.citedIn !== view.key) {
      panel.cited = clause;
      panel.citedIn = view.key;
      panel.citing.replaceChildren(...(clause ? referenceLists(clause, view, act) : []));
    }
    panel.marks.replaceChildren(...[
      el("h4", {}, "Marks in this clause ", el("span", { class: "aside" }, `${own} yours, ${open} suggested`)),
      el("ul", { class: "rows" }, ...items.filter((item) => item.decision !== "rejected").map((item) => row(item, view, act))),
      items.length ? null : el("p", { class: "aside" }, "Nothing marked. Select words and press 1, 2 or 3, or press 0 for no concern."),
      ...view.refusals.map((refusal) =>
        el("p", { class: "refusal", role: "alert" }, icon("warn"), refusal.why, el("button", { class: "plain", onclick: () => act({ dismiss: refusal }) }, "Dismiss")),
      ),
      rejected.length
        ? el("details", { class: "rejected", open: panel.unfolded, ontoggle: (event) => (panel.unfolded = event.target.open) },
            el("summary", { dataset: { key: "rejected" } }, `${rejected.length} rejected`),
            el("ul", { class: "rows" }, ...rejected.map((item) => row(item, view, act))),
          )
        : null,
    ].filter(Boolean));
  });
}

function row(item, view, act) {
  const here = item.key === view.at;
  const words = el("span", { class: "quote", lang: view.lang, dir: view.dir }, item.quote);
  const what = el("button", {
    class: "row-main",
    "aria-current": here ? "true" : null,
    "aria-label": `${item.title}: ${item.quote}`,
    dataset: { key: item.key },
    onclick: () => act({ choose: item.key }),
  }, badge(item), el("span", { class: "row-text" }, el("span", { class: "row-name" }, item.name), words));
  const state = item.own
    ? el("span", { class: "aside" }, item.saved ? item.severity ?? "" : "saving")
    : item.decision === "rejected"
      ? el("button", { class: "small", onclick: () => act({ accept: item.key }) }, "Accept after all")
      : here
        ? el("span", { class: "row-actions" },
            el("button", { class: "small", dataset: { key: `accept-${item.key}` }, onclick: () => act({ accept: item.key }) }, "Accept", cap("A")),
            el("button", { class: "small", dataset: { key: `reject-${item.key}` }, onclick: () => act({ reject: item.key }) }, "Reject", cap("X")),
          )
        : el("span", { class: "aside" }, [item.weak ? "weak" : "suggested", VOICES[item.voice]?.short].filter(Boolean).join(", "));
  const attributes = item.own
    ? { dataset: { markId: item.id, state: item.saved ? "saved" : "saving" } }
    : { dataset: { suggestionId: item.id } };
  return el("li", { class: `row${here ? " here" : ""}${item.weak && !item.own ? " weak" : ""}`, ...attributes },
    what,
    state,
    olderSign(item),
    here ? detail(item, act) : null,
  );
}

function detail(item, act) {
  if (!item.own) {
    return el("p", { class: "why" },
      el("span", {}, item.reason, " "),
      VOICES[item.voice] ? el("span", { class: "voice" }, VOICES[item.voice].long, " ") : null,
      el("span", { class: "aside" }, [item.standard, `rule ${item.rule}`, item.score.toFixed(2), item.of ? `kept ${item.kept} of ${item.of} times` : ""].filter(Boolean).join(" · ")),
      el("button", { class: "small", dataset: { key: `change-${item.key}` }, onclick: () => act({ change: item.key }) }, "Change", cap("C")),
    );
  }
  return el("div", { class: "why own" },
    olderPart(item, act),
    el("div", { class: "severities", role: "group", "aria-label": "Severity" },
      ...SEVERITIES.map((severity) =>
        el("button", {
          "aria-pressed": String(severity === item.severity),
          dataset: { key: `row-severity-${severity}` },
          onclick: () => act({ severity: severity === item.severity ? null : severity, key: item.key }),
        }, severity),
      ),
    ),
    el("button", { class: "small", dataset: { key: `change-${item.key}` }, onclick: () => act({ change: item.key }) }, "Change", cap("C")),
    el("button", { class: "small", dataset: { key: `remove-${item.key}` }, onclick: () => act({ remove: item.key }) }, "Remove", cap("X")),
    el("input", {
      type: "text",
      class: "mark-note",
      "aria-label": "Note on this tag",
      placeholder: "Note on this tag",
      value: item.note ?? "",
      dataset: { key: `note-${item.key}` },
      onblur: (event) => act({ markNote: event.target.value, key: item.key }),
    }),
  );
}
