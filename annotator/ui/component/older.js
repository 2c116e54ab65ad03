/* A tag made under words of the codebook that have changed since: a sign, and then and now side by side. */
import { el, icon } from "./dom.js";

const SAYS = {
  changed: (entry) => `${entry.name}: other words`,
  replaced: (entry) => `${entry.name} is now part of ${entry.replaced_by}`,
  retired: (entry) => `${entry.name} is offered no more`,
  removed: (entry) => `${entry.name} is gone from the codebook`,
};

/** The sign in a tag's row, or nothing where the tag holds. */
export function olderSign(item) {
  if (!item.older) return null;
  return el("span", { class: "older-sign" }, icon("warn"), "older definition");
}

/** Old and new words of a tag at hand, and what can be said of it; nothing where the tag holds. */
export function olderPart(item, act) {
  return olderWords(item.older, item.key, "Tagged", () => act({ confirm: item.key }));
}

/** Old and new words of what was `made` under them; `confirm` says that it holds. */
export function olderWords(older, key, made, confirm) {
  if (!older) return null;
  return el("section", { class: "older", "aria-label": `${made} under an older definition` },
    el("p", { class: "older-head" }, icon("warn"), `${made} under codebook ${older.was}, now ${older.now}. Does it still hold?`),
    ...older.entries.map((entry) => el("div", { class: "older-entry" },
      el("p", { class: "older-what" }, SAYS[entry.kind](entry)),
      ...entry.fields.map((field) => el("div", { class: "older-pair" },
        column(`${field.label} then`, field.old, field.lines, "del"),
        column("Now", field.new, field.lines, "ins"),
      )),
    )),
    el("div", { class: "older-acts" },
      older.holds
        ? el("button", { class: "small", dataset: { key: `confirm-${key}` }, onclick: confirm }, "Still right")
        : el("span", { class: "aside" }, made === "Tagged" ? "It needs another code: change it." : "The safeguard is gone: take it back."),
    ),
  );
}

function column(title, parts, lines, mark) {
  const shown = parts.map(([words, differs]) => el(lines ? "p" : "span", {}, differs ? el(mark, {}, words) : words));
  return el("div", {}, el("p", { class: "aside" }, title), ...(shown.length ? shown : [el("span", { class: "aside" }, "nothing")]));
}
