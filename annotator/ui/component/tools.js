/* What can be said of a line before a text is stored: the buttons below it and their keys. */
import { cap, el } from "./dom.js";
import { say } from "./words.js";

/* Each is a role and its key. */
const BEGINS = [
  ["article", "a"], ["chapter", "c"], ["section", "s"], ["title", "i"], ["part", "r"], ["annex", "n"], ["preamble", "b"],
];
const ITEM_ROLES = [["paragraph", "p"], ["point", "l"], ["subpoint", "u"]];
const WORD_ROLES = [["text", "t"], ["closing", "d"], ["outside", "x"]];
const NEWS_ROLES = [["section", "h", "heading"], ["paragraph", "p"], ["outside", "x"]];
const LINE_ACTIONS = [["join", "Backspace", "⌫"], ["split", "Enter", "↵"], ["in", "Tab", "Tab"], ["out", "Shift Tab", "⇧ Tab"]];

/** The roles a line can take, each with its key and, where it goes by another, its name. */
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
  const roles = (named) => named.map(([role, key, name]) => button(role, key, roleName(role, name)));
  const group = (...buttons) => el("div", { class: "in-group" }, buttons.flat());
  const news = view.data.kind === "news";
  const line = actionsOf(view.data.kind);
  view.number = el("input", {
    class: "in-field", "aria-label": say("intake.line.number_of"), placeholder: say("intake.line.number"), size: "6", maxlength: "12", dataset: { tool: "number" },
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
    class: "in-select", "aria-label": say("intake.line.what"), dataset: { tool: "role" },
    onchange: (event) => view.correct(event.target.value),
  }, rolesOf(view.data.kind).map(([role, , name]) => el("option", { value: role, selected: row?.role === role }, roleName(role, name))));
  if (!chosen.length) {
    view.tools.replaceChildren(el("p", { class: "in-said" }, say("intake.line.help")));
    view.host.classList.remove("in-chosen");
    return;
  }
  view.host.classList.add("in-chosen");
  view.tools.replaceChildren(
    el("p", { class: "in-said" }, saidOf(view, chosen)),
    el("div", { class: "in-groups" }, news
      ? group(roles(NEWS_ROLES))
      : [
        group(roles(BEGINS)), group(roles(ITEM_ROLES)),
        group(roles(WORD_ROLES.slice(0, 1)), button("heading", "h", say(view.cursor === null ? "intake.role.heading" : "intake.line.heading_ends")), roles(WORD_ROLES.slice(1))),
      ],
    el("div", { class: "in-group" }, line.map(([action, key, shown]) => button(action, key, say(`intake.do.${action}`), shown)), news ? null : el("label", { class: "in-numbering" }, view.number, cap("E")))),
    el("div", { class: "in-narrow" }, select,
      news ? null : el("button", { class: "in-tool", onclick: () => view.correct("heading") }, say(view.cursor === null ? "intake.role.heading" : "intake.line.heading_ends_short")),
      line.map(([action]) => el("button", { class: "in-tool", onclick: () => view.correct(action) }, say(`intake.do.${action}`))),
      numbered && el("button", { class: "in-tool", onclick: () => view.askNumber(row) }, say("intake.line.number"))),
    el("p", { class: "in-more" },
      row && el("button", { class: "plain", onclick: () => view.ask({ type: "title", ats: [row.at] }) }, say("intake.line.is_title")),
      el("button", { class: "plain", onclick: () => view.leaveOut(true) }, say("intake.line.above")),
      el("button", { class: "plain", onclick: () => view.leaveOut(false) }, say("intake.line.below")),
      el("span", { class: "in-hint" }, say("intake.line.keys"))),
  );
  if (held) view.tools.querySelector(`[data-tool="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

/** What is chosen, in words. */
function saidOf(view, chosen) {
  if (chosen.length > 1) return say("intake.line.chosen", { n: chosen.length });
  const [row] = chosen;
  const what = row.role === "outside" ? say("intake.line.outside") : [row.citation, say(`intake.is.${row.role}`)].filter(Boolean).join(" · ");
  if (view.cursor === null && row.role === "article" && !row.number) return say("intake.line.no_number", { what });
  if (view.cursor === null) return what;
  const words = view.text.slice(view.cursor, row.end).split(/\s+/u).slice(0, 4).join(" ");
  const [before, after] = say("intake.line.from", { what, words: "\u0000" }).split("\u0000");
  return [before, el("bdi", {}, words), after];
}

function roleName(role, name) {
  return say(`intake.role.${name ?? role}`);
}
