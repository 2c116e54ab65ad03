/* Choosing the clause that a claim speaks of: by its citation or by its words, with a note. */
import { quoted } from "./claims.js";
import { el } from "./dom.js";
import { keyCap } from "./keys.js";
import { say } from "./words.js";

const EXCERPT = 220;

/**
 * Builds the chooser's fixed parts once, so that what is being typed is never drawn anew.
 *
 * It is a combobox: the field keeps the focus, and arrows move through the list below it.
 */
export function buildChooser(act) {
  const title = el("h3", {});
  const quote = el("p", { class: "chooser-quote" });
  const told = el("p", { class: "aside", role: "status" });
  const list = el("ul", { class: "chooser-list", role: "listbox", id: "chooser-list", "aria-label": say("links.clauses") });
  const field = el("input", {
    type: "text",
    class: "chooser-field",
    role: "combobox",
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    "aria-controls": "chooser-list",
    "aria-label": say("links.field"),
    placeholder: say("links.placeholder"),
    autocomplete: "off",
    spellcheck: "false",
    dataset: { key: "chooser-field" },
    oninput: (event) => act({ typed: event.target.value }),
    onkeydown: (event) => onKey(event, act, true),
  });
  const note = el("input", {
    type: "text",
    class: "chooser-note",
    "aria-label": say("links.note"),
    placeholder: say("links.note"),
    dataset: { key: "chooser-note" },
    oninput: (event) => act({ note: event.target.value }),
    onkeydown: (event) => onKey(event, act, false),
  });
  const commit = el("button", { class: "primary", onclick: () => act({ commit: true }) }, say("links.link"), keyCap("Enter"));
  const leave = el("button", { class: "plain", onclick: () => act({ close: true }) }, say("links.leave"), keyCap("Escape"));
  const box = el("div", { class: "chooser", role: "dialog", "aria-label": say("links.title"), hidden: true },
    title, quote, field, told, list, note, el("footer", {}, commit, leave));
  // A press here is none on the text, which would let the selected words go.
  box.addEventListener("pointerdown", (event) => event.stopPropagation());
  return { box, title, quote, told, list, field, note, commit };
}

function onKey(event, act, moves) {
  if (event.isComposing) return;
  const step = moves && { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) act({ step });
  else if (event.key === "Enter") act({ commit: true });
  else if (event.key === "Escape") act({ close: true });
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Draws what is known of the draft: the words, what was found, and which of it is meant. */
export function drawChooser(parts, draft, run, act) {
  const { box, title, quote, told, list, field, note, commit } = parts;
  box.hidden = !draft;
  if (!draft) return;
  title.textContent = draft.link ? say("links.change_title") : say("links.title");
  quote.textContent = quoted(draft.quote);
  quote.lang = run.lang;
  quote.dir = run.dir;
  if (field.value !== draft.typed) field.value = draft.typed;
  if (note.value !== draft.note) note.value = draft.note;
  told.textContent = toldOf(draft);
  told.hidden = !told.textContent;
  commit.disabled = !draft.found[draft.index];
  list.replaceChildren(...draft.found.map((at, index) => option(at, index, index === draft.index, act)));
  list.hidden = !draft.found.length;
  field.setAttribute("aria-expanded", String(!list.hidden));
  field.setAttribute("aria-activedescendant", draft.found.length ? `chooser-${draft.index}` : "");
  list.children[draft.index]?.scrollIntoView({ block: "nearest" });
}

function toldOf({ typed, found, looking, error, deaf }) {
  if (error) return error;
  if (deaf) return say("links.deaf");
  if (looking) return say("links.looking");
  if (!typed.trim()) return found.length ? say("links.likely") : say("links.how");
  return found.length ? say("links.found", { n: found.length }) : say("links.none_found", { typed: typed.trim() });
}

function option(at, index, chosen, act) {
  const words = at.rows.map((row) => [row.label, row.heading, row.text].filter(Boolean).join(" ")).join(" ");
  const run = { lang: at.lang, dir: at.dir };
  return el("li", {
    role: "option",
    id: `chooser-${index}`,
    "aria-selected": String(chosen),
    onclick: () => act({ pick: index }),
    ondblclick: () => act({ commit: true }),
  },
    el("span", { class: "option-head" }, el("b", {}, at.citation), at.heading ? el("span", { ...run }, at.heading) : null, el("span", { class: "aside", ...run }, at.title)),
    words && words !== at.heading ? el("span", { class: "option-words", ...run }, words.length > EXCERPT ? `${words.slice(0, EXCERPT)} …` : words) : null);
}
