/* Single keys and what they do. Digits by their place on the board, letters by what they write. */

import { isField } from "./dom.js";

export const KEYS = [
  ["Moving", [
    ["J", "next clause", "K", "previous clause"],
    ["N", "next suggestion", "P", "previous suggestion"],
    ["M", "next tag of mine", "Shift M", "previous tag of mine"],
    ["O", "what is referred to", "B", "back to where you were"],
    ["] or Page Down", "next article", "[ or Page Up", "previous article"],
  ]],
  ["Words", [
    ["← →", "select a word", "Shift ← →", "extend by a word"],
    ["S", "sentence, then clause", "E, then arrows", "move the end (Shift: the start)"],
    ["1 2 3", "concern, as a risk", "Shift 1 2 3", "as a safeguard"],
    ["letter", "code, and tag", "Enter", "tag with the code shown"],
    ["4 5 6", "severity low, medium, high", "R", "repeat the last tag"],
  ]],
  ["Deciding", [
    ["A", "accept the suggestion", "X", "reject it, or remove a tag"],
    ["C", "change: concern, code, words", "T", "note on the clause"],
    ["0", "no concern, next", "Enter", "done, next clause"],
    ["Z", "undo", "Y", "redo"],
    ["?", "all keys", "Esc", "close"],
  ]],
  ["Safeguards of a power", [
    ["G", "open the list", "↑ ↓", "next, previous"],
    ["P R", "present, by reference", "W A", "weak, absent"],
    ["Enter", "confirm what is proposed", "Shift Enter", "confirm all"],
    ["O", "go to the evidence", "B", "back again"],
    ["X", "take back", "T", "note on the safeguard"],
  ]],
];

/** The name of a key press, or null where it is not ours to take. */
export function nameOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  // A dialog of Streamlit's, such as that of a lost connection, has taken the focus from what was written.
  if (document.activeElement?.closest('[role="dialog"], [aria-modal="true"]')) return null;
  const target = event.composedPath()[0];
  if (isField(target)) return event.key === "Escape" ? "Escape" : null;
  const tag = target?.tagName;
  // A control that has the focus keeps the keys it is worked with.
  const onControl = tag === "BUTTON" || tag === "A" || tag === "SUMMARY" || target?.getAttribute?.("role") === "tab";
  if (onControl && (event.key === "Enter" || event.key === " ")) return null;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  if (digit) return (event.shiftKey ? "Shift " : "") + digit[1];
  if (event.key === "?" || event.key === "؟") return "?";
  // A board that writes no Latin letters still has them on its caps: there the place decides.
  const written = /^\p{Script=Latin}$/u.test(event.key) ? event.key : (/^Key([A-Z])$/.exec(event.code)?.[1] ?? event.key);
  if (written.length === 1) return (event.shiftKey && /\p{L}/u.test(written) ? "Shift " : "") + written.toLowerCase();
  return (event.shiftKey ? "Shift " : "") + event.key;
}
