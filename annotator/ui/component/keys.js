/* Single keys and what they do. Digits by their place on the board, letters by what they write. */

import { el, isChoice, isField, memory } from "./dom.js";
import { say } from "./words.js";

const KEPT = "ta-keys";

/**
 * Every key that is shown under `?`, by group: the command's id, its key, others that do the same.
 * A key of one character can be given away; `fixed` says that it stays, as do keys without a character.
 */
export const KEYS = [
  ["moving", [
    ["clause_next", "j"], ["clause_previous", "k"], ["suggestion_next", "n"], ["suggestion_previous", "p"],
    ["tag_next", "m"], ["tag_previous", "Shift m"], ["article_next", "]", "PageDown"], ["article_previous", "[", "PageUp"],
    ["go", "f"], ["find", "/"], ["reference", "o"], ["back", "b"], ["beside", "d"],
  ]],
  ["words", [
    ["letters", "w"], ["phrase", "ArrowDown", "ArrowUp"], ["phrase_extend", "Shift ArrowDown", "Shift ArrowUp"],
    ["word", "ArrowRight", "ArrowLeft"], ["word_extend", "Shift ArrowRight", "Shift ArrowLeft"],
    ["sentence", "s"], ["sentence_next", "Shift s"], ["whole", "u"],
    ["end_out", "l"], ["end_in", "Shift l"], ["start_out", "h"], ["start_in", "Shift h"], ["ends", "e"],
  ]],
  ["tagging", [
    ["risk", "1 2 3"], ["safeguard", "Shift 1 2 3"], ["code", "letter"], ["search", " "],
    ["severity", "4 5 6"], ["tag", "Enter"], ["repeat", "r"], ["claim", "i"],
  ]],
  ["deciding", [
    ["accept", "a"], ["reject", "x", "Delete"], ["change", "c"], ["note", "t"],
    ["none", "0"], ["done", "Enter"], ["undo", "z"], ["redo", "y", "Shift z"],
  ]],
  ["page", [["quote", "q"], ["link", "Shift q"], ["filter", "v"], ["help", "?"], ["close", "Escape"]]],
  ["safeguards", [
    ["guards", "g"], ["guard_step", "ArrowDown", "ArrowUp"], ["guard_present", "p", "r"], ["guard_weak", "w", "a"],
    ["guard_confirm", "Enter"], ["guard_all", "Shift Enter"], ["guard_evidence", "o"], ["guard_leave", "x"], ["guard_note", "t"],
  ]],
];

const FIXED = new Set(["guard_present", "guard_weak", "guard_evidence", "guard_leave", "guard_note", "none"]);

/** Whether a command's key may be another one. */
export function isFree(id, key) {
  return !FIXED.has(id) && isCharacter(key);
}

let kept = memory.get(KEPT) ?? {};

/** Whether keys of one character do anything at all. */
export function keysAreOn() {
  return !kept.off;
}

export function switchKeys(on) {
  keep({ ...kept, off: !on });
}

/** Gives a command the key that was pressed; who had that one gets the other. */
export function moveKey(command, pressed) {
  const moved = { ...kept.moved };
  const held = moved[command] ?? command;
  const other = commandOf(pressed, moved) ?? pressed;
  moved[command] = pressed;
  if (other !== command) moved[other] = held;
  keep({ ...kept, moved: Object.fromEntries(Object.entries(moved).filter(([was, now]) => was !== now)) });
  return KEYS.flatMap(([, rows]) => rows).find(([id, key]) => key === other && other !== command && isFree(id, key))?.[0];
}

export function resetKeys() {
  keep({ off: kept.off });
}

export function keysWereMoved() {
  return Object.keys(kept.moved ?? {}).length > 0;
}

function keep(settings) {
  kept = settings;
  memory.set(KEPT, kept);
}

/** Of a key press the command that it means to this reader, by the key it has from the start; or null. */
export function commandFor(name) {
  if (isCharacter(name) && kept.off) return null;
  return commandOf(name, kept.moved ?? {});
}

function commandOf(name, moved) {
  for (const [was, now] of Object.entries(moved)) if (now === name) return was;
  return name in moved ? null : name;
}

/** Whether a key writes a character: those are what speech and a stray hand press by mistake. */
export function isCharacter(name) {
  const plain = name.replace("Shift ", "");
  return plain.length === 1 && plain !== " ";
}

/** What is printed on a key, in the reader's language. */
export function printed(key) {
  const now = kept.moved?.[key] ?? key;
  const named = { " ": say("keys.name.space"), Enter: say("keys.name.enter"), Escape: say("keys.name.escape"), Delete: say("keys.name.delete"), PageDown: say("keys.name.page_down"), PageUp: say("keys.name.page_up"), letter: say("keys.name.letter"), ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→" };
  const [, shift, plain] = /^(Shift )?(.+)$/su.exec(now);
  return `${shift ? `${say("keys.name.shift")} ` : ""}${named[plain] ?? plain.toUpperCase()}`;
}

/** As `say`, with `{N}` for the key that this reader has for N, and `{help}` for the one of the help. */
export function sayKeys(key, values = {}) {
  const names = [..."AGJKMNPRSWXZ"].map((letter) => [letter, printed(letter.toLowerCase())]);
  return say(key, { ...Object.fromEntries(names), help: printed("?"), ...values });
}

/** A key cap that follows the reader's own keys; it is not there where single keys are off. */
export function keyCap(key) {
  const shown = el("kbd", { "aria-hidden": "true", dataset: { command: key } });
  drawCap(shown);
  return shown;
}

function drawCap(shown) {
  const key = shown.dataset.command;
  shown.textContent = printed(key);
  shown.hidden = Boolean(kept.off) && (isCharacter(key) || /\d/.test(key));
}

/** Draws every cap below an element again, after keys were moved or switched. */
export function drawCaps(root) {
  for (const shown of root.querySelectorAll("kbd[data-command]")) drawCap(shown);
}

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
  if (isChoice(target) && (event.key === " " || /^Arrow/.test(event.key))) return null;
  return written(event);
}

/** What a key press is called: by place for digits, by what it writes for letters. */
export function written(event) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  if (digit) return (event.shiftKey ? "Shift " : "") + digit[1];
  if (event.key === "?" || event.key === "؟") return "?";
  // A board that writes no Latin letters still has them on its caps: there the place decides.
  const letter = /^\p{Script=Latin}$/u.test(event.key) ? event.key : (/^Key([A-Z])$/.exec(event.code)?.[1] ?? event.key);
  if (letter.length === 1) return (event.shiftKey && /\p{L}/u.test(letter) ? "Shift " : "") + letter.toLowerCase();
  return (event.shiftKey ? "Shift " : "") + event.key;
}
