/* A tag made under words of the codebook that have changed since: a sign, and then and now side by side. */
import { el, icon } from "./dom.js";
import { say } from "./words.js";

/** The sign in a tag's row, or nothing where the tag holds. */
export function olderSign(item) {
  if (!item.older) return null;
  return el("span", { class: "older-sign" }, icon("warn"), say("older.sign"));
}

/** Old and new words of a tag at hand, and what can be said of it; nothing where the tag holds. */
export function olderPart(item, act) {
  return olderWords(item.older, item.key, "tagged", () => act({ confirm: item.key }));
}

/** Old and new words of what was `made` under them, `tagged` or `assessed`; `confirm` says that it holds. */
export function olderWords(older, key, made, confirm) {
  if (!older) return null;
  return el("section", { class: "older", "aria-label": say(`older.${made}.region`) },
    el("p", { class: "older-head" }, icon("warn"), say(`older.${made}.head`, older)),
    ...older.entries.map((entry) => el("div", { class: "older-entry" },
      el("p", { class: "older-what" }, say(`older.says.${entry.kind}`, { name: entry.name, other: entry.replaced_by })),
      ...entry.fields.map((field) => el("div", { class: "older-pair" },
        column(say(`older.then.${field.label}`), field.old, field.lines, "del"),
        column(say("older.now"), field.new, field.lines, "ins"),
      )),
    )),
    el("div", { class: "older-acts" },
      older.holds
        ? el("button", { class: "small", dataset: { key: `confirm-${key}` }, onclick: confirm }, say("older.right"))
        : el("span", { class: "aside" }, say(`older.${made}.gone`)),
    ),
  );
}

function column(title, parts, lines, mark) {
  const shown = parts.map(([words, differs]) => el(lines ? "p" : "span", {}, differs ? el(mark, {}, words) : words));
  return el("div", {}, el("p", { class: "aside" }, title), ...(shown.length ? shown : [el("span", { class: "aside" }, say("older.nothing"))]));
}
