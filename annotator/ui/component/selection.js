/* Which words are meant: from the mouse, or word by word from the keyboard.

A selection is {start_eid, start, end_eid, end}: UTF-16 offsets into the words of clauses. It snaps
to whole words, so that two reviewers who mean the same words mark the same span.
*/

const segmenters = new Map();

function segments(text, lang, granularity) {
  const key = `${lang}/${granularity}`;
  if (!segmenters.has(key)) segmenters.set(key, new Intl.Segmenter(lang || "en", { granularity }));
  return [...segmenters.get(key).segment(text)];
}

/** The words of a text as [start, end) pairs; punctuation and spaces are none. */
export function wordsOf(text, lang) {
  return segments(text, lang, "word")
    .filter((part) => part.isWordLike)
    .map((part) => [part.index, part.index + part.segment.length]);
}

/** The sentences of a text as [start, end) pairs without the space behind them. */
function sentencesOf(text, lang) {
  return segments(text, lang, "sentence")
    .map((part) => [part.index, part.index + part.segment.trimEnd().length])
    .filter(([start, end]) => start < end);
}

/** Widens [start, end) to whole words; punctuation selected on purpose stays. */
function snap(text, lang, start, end) {
  while (start < end && /\s/u.test(text[start])) start += 1;
  while (end > start && /\s/u.test(text[end - 1])) end -= 1;
  if (start === end) return null;
  for (const [from, to] of wordsOf(text, lang)) {
    if (from < start && start < to) start = from;
    if (from < end && end < to) end = to;
  }
  return [start, end];
}

/** What the mouse or finger has selected inside the clauses, or null. */
export function readSelection(root, order, texts, lang) {
  const selection = document.getSelection();
  const range = selection?.getComposedRanges
    ? selection.getComposedRanges({ shadowRoots: [root] })[0]
    : null;
  if (!range || range.collapsed) return null;
  const start = place(root, range.startContainer, range.startOffset, texts, false);
  const end = place(root, range.endContainer, range.endOffset, texts, true);
  if (!start || !end) return null;
  if (start.eid === end.eid) {
    const words = snap(texts.get(start.eid), lang, start.offset, end.offset);
    return words && { start_eid: start.eid, start: words[0], end_eid: end.eid, end: words[1] };
  }
  if (order.indexOf(start.eid) > order.indexOf(end.eid)) return null;
  const first = texts.get(start.eid);
  const last = texts.get(end.eid);
  const head = snap(first, lang, start.offset, first.length);
  const tail = snap(last, lang, 0, end.offset);
  if (head && tail) return { start_eid: start.eid, start: head[0], end_eid: end.eid, end: tail[1] };
  if (head) return { start_eid: start.eid, start: head[0], end_eid: start.eid, end: head[1] };
  if (tail) return { start_eid: end.eid, start: tail[0], end_eid: end.eid, end: tail[1] };
  return null;
}

function place(root, node, offset, texts, isEnd) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  if (node.getRootNode() !== root || !element.closest(".article")) return null;
  const eidOf = (words) => words.closest("[data-eid]").dataset.eid;
  const inside = element.closest(".words");
  if (inside && node.nodeType === Node.TEXT_NODE) return { eid: eidOf(inside), offset };
  // A border beside the words (a number, a line, a gap): the nearest words within the selection.
  const border = new Range();
  border.setStart(node, offset);
  const every = [...root.querySelectorAll(".words")];
  if (isEnd) {
    const words = every.findLast((one) => border.comparePoint(one, 0) < 0);
    return words ? { eid: eidOf(words), offset: texts.get(eidOf(words)).length } : null;
  }
  const words = every.find((one) => border.comparePoint(one, one.childNodes.length) > 0);
  return words ? { eid: eidOf(words), offset: 0 } : null;
}

/** The selection after an arrow key: `step` words on; `extend` moves the end, or the start. */
export function moveByWord(selection, eid, texts, lang, step, extend, movesStart = false) {
  if (extend && selection && selection.start_eid !== selection.end_eid) {
    return moveBorder(selection, texts, lang, step, movesStart);
  }
  const words = wordsOf(texts.get(eid), lang);
  if (!words.length) return null;
  const make = (from, to) => ({ start_eid: eid, start: words[from][0], end_eid: eid, end: words[to][1] });
  if (!selection || selection.start_eid !== eid || selection.end_eid !== eid) {
    return step > 0 ? make(0, 0) : make(words.length - 1, words.length - 1);
  }
  let from = words.findIndex(([, end]) => end > selection.start);
  let to = words.findLastIndex(([start]) => start < selection.end);
  if (from < 0) from = words.length - 1;
  if (to < from) to = from;
  const within = (index) => Math.max(0, Math.min(words.length - 1, index));
  if (!extend) {
    const next = within((step > 0 ? to : from) + step);
    return make(next, next);
  }
  if (movesStart) return make(Math.min(within(from + step), to), to);
  return make(from, Math.max(within(to + step), from));
}

/** One border of a selection across clauses, a word on within its own clause. */
function moveBorder(selection, texts, lang, step, movesStart) {
  return moveEnd(selection, movesStart ? "start" : "end", step, [movesStart ? selection.start_eid : selection.end_eid], texts, lang);
}

/**
 * The selection with one `side` ("start" or "end") a word on or back. Past the end of its clause the
 * end goes on in the next of `order`; the two never pass each other, and a word is always left.
 */
export function moveEnd(selection, side, step, order, texts, lang) {
  const eid = selection[`${side}_eid`];
  const words = wordsOf(texts.get(eid), lang);
  const at = side === "start"
    ? words.findIndex(([, end]) => end > selection.start)
    : words.findLastIndex(([start]) => start < selection.end);
  const inside = words[at + step];
  const [to, word] = inside ? [eid, inside] : nextWord(eid, step, order, texts, lang);
  if (!word) return selection;
  const moved = { ...selection, [`${side}_eid`]: to, [side]: side === "start" ? word[0] : word[1] };
  return isForward(moved, order) ? moved : selection;
}

/** The first word of the clause after `eid`, or the last of the one before. */
function nextWord(eid, step, order, texts, lang) {
  const to = order[order.indexOf(eid) + step];
  const words = to ? wordsOf(texts.get(to), lang) : [];
  return [to, step > 0 ? words[0] : words.at(-1)];
}

/** Whether a selection begins before it ends. */
export function isForward(selection, order) {
  const first = order.indexOf(selection.start_eid);
  const last = order.indexOf(selection.end_eid);
  return first < last || (first === last && selection.start < selection.end);
}

/** The sentence after the selection, or the clause's first where there is none. */
export function nextSentence(selection, eid, text, lang) {
  const sentences = sentencesOf(text, lang);
  const from = selection && selection.start_eid === eid && selection.end_eid === eid ? selection.end : 0;
  const [start, end] = sentences.find(([begin]) => begin >= from) ?? sentences[0] ?? [0, text.trimEnd().length];
  return { start_eid: eid, start, end_eid: eid, end };
}

/** All of a clause's own words. */
export function wholeOf(eid, text) {
  return { start_eid: eid, start: 0, end_eid: eid, end: text.trimEnd().length };
}

/** The next larger unit around the selection: its sentence, then the whole clause. */
export function widen(selection, eid, text, lang) {
  const whole = wholeOf(eid, text);
  const inside = selection && selection.start_eid === eid && selection.end_eid === eid;
  const at = inside ? selection.start : 0;
  const sentence = sentencesOf(text, lang).find(([start, end]) => start <= at && at < end);
  if (!sentence) return whole;
  const already = inside && selection.start <= sentence[0] && selection.end >= sentence[1];
  return already ? whole : { start_eid: eid, start: sentence[0], end_eid: eid, end: sentence[1] };
}
