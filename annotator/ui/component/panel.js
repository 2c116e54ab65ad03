/* Beside the text: the clause at hand, its marks as real elements in reading order, note, verdict. */
import { el, icon, keepingFocus } from "./dom.js";
import { keyCap } from "./keys.js";
import { badge } from "./marks.js";
import { olderPart, olderSign, olderWords } from "./older.js";
import { SEVERITIES } from "./palette.js";
import { referenceLists } from "./references.js";
import { numeral, say } from "./words.js";

/** Builds the panel's fixed parts once, so that a note being written is never redrawn. */
export function buildPanel(act) {
  const title = el("h3", { class: "panel-title" });
  const state = el("span", { class: "panel-state" });
  const marks = el("div", { class: "panel-marks" });
  const refusals = el("div", {});
  const guards = el("section", { class: "panel-guards", "aria-label": say("review.safeguards"), hidden: true });
  const toGuards = el("button", { class: "to-guards small", hidden: true, onclick: () => act({ guard: "show" }) });
  const citing = el("div", { class: "panel-citing" });
  const note = el("textarea", {
    class: "panel-note",
    "aria-label": say("review.note"),
    placeholder: say("review.note"),
    rows: "2",
    oninput: (event) => act({ note: event.target.value, soon: true }),
    onblur: (event) => act({ note: event.target.value }),
  });
  const none = el("button", { class: "secondary", onclick: () => act({ judge: "no_concern" }) }, say("review.no_concern"), keyCap("0"));
  const done = el("button", { class: "primary", onclick: () => act({ judge: "concern" }) }, say("review.done_next"), keyCap("Enter"));
  const reopen = el("button", { class: "plain", onclick: () => act({ judge: "reopened" }) }, say("review.read_again"));
  const previous = el("button", { class: "round", "aria-label": say("review.previous_clause"), title: say("review.previous_clause"), onclick: () => act({ move: -1 }) }, icon("left"));
  const next = el("button", { class: "round", "aria-label": say("review.next_clause"), title: say("review.next_clause"), onclick: () => act({ move: 1 }) }, icon("right"));
  const size = el("button", { class: "stop", "aria-label": say("review.more_or_less"), onclick: (event) => event.target.closest(".panel").classList.toggle("open") });
  const whole = el("div", { class: "panel-whole", role: "group", "aria-label": say("review.whole_clause") });
  const tools = el("div", { class: "panel-tools" },
    el("button", { class: "small", onclick: () => act({ letters: true }) }, say("review.pick_words"), keyCap("w")),
    el("button", { class: "small", onclick: () => act({ copy: "quote" }) }, say("review.copy_quote"), keyCap("q")),
    el("button", { class: "small", onclick: () => act({ copy: "link" }) }, say("review.copy_link"), keyCap("Shift q")));
  const root = el("aside", { class: "panel", "aria-label": say("review.clause_at_hand") },
    size,
    el("header", { class: "panel-head" }, title, state, reopen, toGuards, el("span", { class: "panel-arrows" }, previous, next)),
    el("div", { class: "panel-scroll" }, marks, refusals, whole, guards, note, tools, citing),
    el("footer", { class: "panel-foot" }, none, done),
  );
  return { root, title, state, marks, refusals, whole, guards, toGuards, citing, note, none, done, reopen };
}

/** Draws what is known about the clause at hand. */
export function drawPanel(panel, root, clause, items, view, act) {
  panel.title.textContent = clause ? clause.citation.replace(/^./u, (first) => first.toUpperCase()) : "";
  const review = view.states.get(clause?.eid) ?? { state: "open", note: "" };
  panel.state.textContent = say(`review.stands.${review.state}`);
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
    // An alert is heard whenever it is drawn: only a new refusal is.
    if (panel.refused !== view.refusals) {
      panel.refused = view.refusals;
      panel.refusals.replaceChildren(...view.refusals.map((refusal) =>
        el("p", { class: "refusal", role: "alert" }, icon("warn"), refusal.why, el("button", { class: "plain", onclick: () => act({ dismiss: refusal }) }, say("review.dismiss")))));
    }
    panel.whole.replaceChildren(...(clause ? wholeButtons(view, items, act) : []));
    panel.marks.replaceChildren(...[
      olderWords(review.older, "clause", "judged", () => act({ judge: "no_concern" })),
      el("h4", {}, `${say("review.marks")} `, el("span", { class: "aside" }, say("review.marks_count", { own, open }))),
      el("ul", { class: "rows" }, ...items.filter((item) => item.decision !== "rejected").map((item) => row(item, view, act))),
      items.length ? null : el("p", { class: "aside" }, say("review.nothing_marked")),
      rejected.length
        ? el("details", { class: "rejected", open: panel.unfolded, ontoggle: (event) => (panel.unfolded = event.target.open) },
            el("summary", { dataset: { key: "rejected" } }, say("review.rejected_count", { n: rejected.length })),
            el("ul", { class: "rows" }, ...rejected.map((item) => row(item, view, act))),
          )
        : null,
    ].filter(Boolean));
  });
}

function row(item, view, act) {
  const here = item.key === view.at;
  const offered = item.key === view.offered;
  const about = item.own ? null : el("span", { class: "unseen", id: `about-${item.id}` }, [item.reason, item.standard].filter(Boolean).join(" "));
  const words = el("span", { class: "quote", lang: view.lang, dir: view.dir }, item.quote);
  const what = el("button", {
    class: "row-main",
    "aria-current": here ? "true" : null,
    "aria-label": `${item.title}: ${item.quote}`,
    "aria-describedby": about && !here ? about.id : null,
    dataset: { key: item.key },
    onclick: () => act({ choose: item.key }),
  }, badge(item), el("span", { class: "row-text" }, el("span", { class: "row-name" }, item.name), words));
  const state = item.own
    ? el("span", { class: "aside" }, item.saved ? [isWhole(item, view) && say("review.whole_short"), item.severity && say(`review.severity.${item.severity}`)].filter(Boolean).join(" · ") : say("review.saving"))
    : item.decision === "rejected"
      ? el("button", { class: "small", onclick: () => act({ accept: item.key }) }, say("review.accept_after_all"))
      : here || offered
        ? el("span", { class: "row-actions" },
            el("button", { class: "small", dataset: { key: `accept-${item.key}` }, onclick: () => act({ accept: item.key }) }, say("review.accept"), keyCap("a")),
            el("button", { class: "small", dataset: { key: `reject-${item.key}` }, onclick: () => act({ reject: item.key }) }, say("review.reject"), keyCap("x")),
          )
        : el("span", { class: "aside" }, [say(item.weak ? "review.weak" : "review.suggested"), item.voice && say(`review.voice.${item.voice}`)].filter(Boolean).join(", "));
  const attributes = item.own
    ? { dataset: { markId: item.id, state: item.saved ? "saved" : "saving" } }
    : { dataset: { suggestionId: item.id } };
  return el("li", { class: `row${here ? " here" : offered ? " offered" : ""}${item.weak && !item.own ? " weak" : ""}`, ...attributes },
    what,
    state,
    olderSign(item),
    about,
    here ? detail(item, act) : null,
  );
}

function detail(item, act) {
  if (!item.own) {
    return el("p", { class: "why" },
      el("span", {}, item.reason, " "),
      item.voice ? el("span", { class: "voice" }, say(`review.voice_long.${item.voice}`), " ") : null,
      el("span", { class: "aside" }, [item.standard, say("review.card.rule", { rule: item.rule }), numeral(item.score, 2), item.of ? say("review.kept", { kept: item.kept, of: item.of }) : ""].filter(Boolean).join(" · ")),
      el("button", { class: "small", dataset: { key: `change-${item.key}` }, onclick: () => act({ change: item.key }) }, say("review.change"), keyCap("c")),
    );
  }
  return el("div", { class: "why own" },
    olderPart(item, act),
    el("div", { class: "severities", role: "group", "aria-label": say("review.severity_name") },
      ...SEVERITIES.map((severity) =>
        el("button", {
          "aria-pressed": String(severity === item.severity),
          dataset: { key: `row-severity-${severity}` },
          onclick: () => act({ severity: severity === item.severity ? null : severity, key: item.key }),
        }, say(`review.severity.${severity}`)),
      ),
    ),
    el("button", { class: "small", dataset: { key: `change-${item.key}` }, onclick: () => act({ change: item.key }) }, say("review.change"), keyCap("c")),
    el("button", { class: "small", dataset: { key: `remove-${item.key}` }, onclick: () => act({ remove: item.key }) }, say("review.remove"), keyCap("x")),
    el("input", {
      type: "text",
      class: "mark-note",
      "aria-label": say("review.note_on_tag"),
      placeholder: say("review.note_on_tag"),
      value: item.note ?? "",
      dataset: { key: `note-${item.key}` },
      onblur: (event) => act({ markNote: event.target.value, key: item.key }),
    }),
  );
}

/** Whether a tag stands on all of a clause's words: it speaks of the clause as a whole. */
function isWhole(item, view) {
  return item.start_eid === item.end_eid && item.start === 0 && item.end >= (view.length ?? Infinity);
}

/** The concerns, each to be said of the clause as a whole. */
function wholeButtons(view, items, act) {
  return [el("span", { class: "aside" }, say("review.whole_clause")), ...view.concerns.map((concern) => {
    const said = items.some((item) => item.own && item.concern === concern.id && isWhole(item, view));
    return el("button", { class: `small slot-${concern.slot}`, "aria-pressed": String(said), dataset: { key: `whole-${concern.id}` }, onclick: () => act({ whole: concern.id }) },
      el("span", { class: "whole-letter", "aria-hidden": "true" }, concern.letter), concern.name);
  })];
}
