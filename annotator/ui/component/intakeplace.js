/* Where a reader is in a text that is not stored yet: the line at hand, a choice of several, a word. */
const SPACELESS = /[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]/;

/** The part of the preview that goes from line to line; `rows` and `nodes` are what `intake.js` draws. */
export class Place {
  index(at = this.here) {
    return this.rows.findIndex((row) => row.at === at && row.end > row.at);
  }

  /** The line at hand may have gone into another: then that is it. */
  settle() {
    if (this.here === null) return;
    if (this.index() < 0) {
      const row = this.rows.find((one) => one.at <= this.here && this.here < one.end) ?? this.rows.findLast((one) => one.at <= this.here && one.end > one.at);
      this.here = row?.at ?? null;
      this.cursor = null;
    }
    if (this.anchor !== null && this.index(this.anchor) < 0) this.anchor = null;
  }

  chosen() {
    const i = this.index();
    if (i < 0) return [];
    const j = this.anchor === null ? i : this.index(this.anchor);
    return this.rows.slice(Math.min(i, j), Math.max(i, j) + 1).filter((row) => row.end > row.at);
  }

  goTo(at, { extend = false, focus = true } = {}) {
    const anchor = extend ? (this.anchor ?? this.here) : null;
    this.here = at;
    this.anchor = anchor === at ? null : anchor;
    this.cursor = null;
    this.drawHere();
    const node = this.nodes.get(at)?.element;
    if (!node) return;
    if (focus) node.focus({ preventScroll: true });
    const box = node.getBoundingClientRect();
    const frame = this.scroll.getBoundingClientRect();
    if (box.top < frame.top + 8 || box.bottom > frame.bottom - 8) {
      this.scroll.scrollTop += box.top - frame.top - Math.min(frame.height / 3, Math.max(8, frame.height - box.height - 8));
    }
    this.drawCaret();
  }

  step(by, extend = false) {
    const real = this.rows.filter((row) => row.end > row.at);
    if (!real.length) return;
    const i = real.findIndex((row) => row.at === this.here);
    const next = i < 0 ? 0 : Math.max(0, Math.min(real.length - 1, i + by));
    this.goTo(real[next].at, { extend });
  }

  stepCursor(by) {
    const row = this.rows[this.index()];
    if (!row) return;
    const starts = wordStarts(this.text, row);
    const now = this.cursor ?? row.words;
    const next = by > 0 ? starts.find((at) => at > now) : starts.findLast((at) => at < now);
    this.cursor = next === undefined ? (by > 0 ? this.cursor : null) : next > row.words ? next : null;
    this.drawHere();
    this.drawCaret();
  }

  nextWarning() {
    const places = this.data.warnings.flat().filter((part) => part.at !== undefined).map((part) => part.at).sort((a, b) => a - b);
    const next = places.find((at) => at > (this.here ?? -1)) ?? places[0];
    if (next !== undefined) this.goTo(next);
  }

  focusHere() {
    this.nodes.get(this.here)?.element.focus({ preventScroll: true });
  }
}

/** Where the words of a line begin, with the brackets and quotation marks before them. */
export function wordStarts(text, row) {
  const words = text.slice(row.words, row.end);
  const starts = new Set();
  for (const match of words.matchAll(/\S+/gu)) starts.add(match.index);
  if (SPACELESS.test(words)) {
    for (const part of new Intl.Segmenter(undefined, { granularity: "word" }).segment(words)) {
      if (part.isWordLike) starts.add(part.index);
    }
  }
  return [...starts].sort((a, b) => a - b).map((start) => start + row.words);
}
