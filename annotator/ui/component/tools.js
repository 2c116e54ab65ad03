/* What can be said of a line before a text is stored: the buttons below it and their keys. */
import { cap, el } from "./dom.js";

/* Each is a role, its key and its name. */
const BEGINS = [
  ["article", "a", "Article"], ["chapter", "c", "Chapter"], ["section", "s", "Section"],
  ["title", "i", "Title"], ["part", "r", "Part"], ["annex", "n", "Annex"], ["preamble", "b", "Preamble"],
];
const ITEM_ROLES = [["paragraph", "p", "Paragraph"], ["point", "l", "Point"], ["subpoint", "u", "Subpoint"]];
const WORD_ROLES = [["text", "t", "Text"], ["closing", "d", "Closing words"], ["outside", "x", "Leave out"]];
const NEWS_ROLES = [["section", "h", "Heading"], ["paragraph", "p", "Paragraph"], ["outside", "x", "Leave out"]];
const LINE_ACTIONS = [
  ["join", "Backspace", "Join to above", "⌫"], ["split", "Enter", "Split here", "↵"],
  ["in", "Tab", "Further in", "Tab"], ["out", "Shift Tab", "Further out", "⇧ Tab"],
];
export const ROLE_NAMES = {
  article: "article", chapter: "chapter", section: "section", title: "title", part: "part",
  annex: "annex", preamble: "preamble", paragraph: "paragraph", point: "point",
  subpoint: "subpoint", text: "text", closing: "closing words", outside: "in no clause",
};

/** The roles a line can take, each with its key and name. */
export function rolesOf(kind) {
  return kind === "news" ? NEWS_ROLES : [...BEGINS, ...ITEM_ROLES, ...WORD_ROLES];
}

/** What else can be done with a line; a news item has no levels. */
export function actionsOf(kind) {
  return LINE_ACTIONS.filter(([action]) => kind !== "news" || action === "join" || action === "split");
}

/** Draws the tools for the lines chosen in the preview; on a phone fewer and larger ones. */
export function drawTools(view) {
  const chosen = view.chosen();
  const row = chosen.length === 1 ? chosen[0] : null;
  const held = view.root.activeElement?.dataset?.tool;
  const button = (action, key, name, shown) => el("button", {
    class: "in-tool", "aria-pressed": row && view.cursor === null && row.role === action ? "true" : null,
    dataset: { tool: action }, title: key, onclick: () => view.correct(action),
  }, name, cap(shown ?? key.toUpperCase()));
  const group = (...buttons) => el("div", { class: "in-group" }, buttons.flat());
  const news = view.data.kind === "news";
  const line = actionsOf(view.data.kind);
  view.number = el("input", {
    class: "in-field", "aria-label": "Number of this line", placeholder: "Number", size: "6", maxlength: "12", dataset: { tool: "number" },
    onkeydown: (event) => {
      if (event.key === "Enter") {
        view.correct("number", event.target.value);
        view.focusHere();
      } else if (event.key === "Escape") view.focusHere();
    },
  });
  const numbered = row && !news && row.role !== "preamble" && [...BEGINS, ...ITEM_ROLES].some(([role]) => role === row.role);
  view.number.disabled = !numbered;
  if (numbered) view.number.value = row.number;
  const select = el("select", {
    class: "in-select", "aria-label": "What the line is", dataset: { tool: "role" },
    onchange: (event) => view.correct(event.target.value),
  }, rolesOf(view.data.kind).map(([role, , name]) => el("option", { value: role, selected: row?.role === role }, name)));
  if (!chosen.length) {
    view.tools.replaceChildren(el("p", { class: "in-said" }, "Is a line in the wrong place? Click it, or go to it with ↑ ↓, and say what it is."));
    view.host.classList.remove("in-chosen");
    return;
  }
  view.host.classList.add("in-chosen");
  view.tools.replaceChildren(
    el("p", { class: "in-said" }, saidOf(view, chosen)),
    el("div", { class: "in-groups" }, news
      ? group(NEWS_ROLES.map((one) => button(...one)))
      : [
        group(BEGINS.map((one) => button(...one))), group(ITEM_ROLES.map((one) => button(...one))),
        group(WORD_ROLES.slice(0, 1).map((one) => button(...one)), button("heading", "h", view.cursor === null ? "Heading" : "Heading ends here"), WORD_ROLES.slice(1).map((one) => button(...one))),
      ],
    el("div", { class: "in-group" }, line.map((one) => button(...one)), news ? null : el("label", { class: "in-numbering" }, view.number, cap("E")))),
    el("div", { class: "in-narrow" }, select,
      news ? null : el("button", { class: "in-tool", onclick: () => view.correct("heading") }, view.cursor === null ? "Heading" : "Heading ends"),
      line.map(([action, , name]) => el("button", { class: "in-tool", onclick: () => view.correct(action) }, name)),
      numbered && el("button", { class: "in-tool", onclick: () => view.askNumber(row) }, "Number")),
    el("p", { class: "in-more" },
      row && el("button", { class: "plain", onclick: () => view.ask({ type: "title", ats: [row.at] }) }, "This is the title"),
      el("button", { class: "plain", onclick: () => view.leaveOut(true) }, "Leave out all above"),
      el("button", { class: "plain", onclick: () => view.leaveOut(false) }, "Leave out all below"),
      el("span", { class: "in-hint" }, "↑ ↓ lines, ⇧ several · ← → place in the line · Z undo · W next warning · Esc leaves")),
  );
  if (held) view.tools.querySelector(`[data-tool="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

/** What is chosen, in words. */
function saidOf(view, chosen) {
  if (chosen.length > 1) return `${chosen.length} lines are chosen.`;
  const [row] = chosen;
  const what = row.role === "outside" ? "In no clause: a title, or something that is no part of the text" : [row.citation, ROLE_NAMES[row.role]].filter(Boolean).join(" · ");
  if (view.cursor === null && row.role === "article" && !row.number) return `${what} · no number was found: give it one with E`;
  if (view.cursor === null) return what;
  const words = view.text.slice(view.cursor, row.end).split(/\s+/u).slice(0, 4).join(" ");
  return [`${what}, from “`, el("bdi", {}, words), "…” on"];
}
