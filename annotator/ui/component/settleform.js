/* The passages of a clause, what each view says of the one at hand, and what is decided on it. */
import { cap, el, icon } from "./dom.js";
import { keyCap } from "./keys.js";
import { badge } from "./marks.js";
import { chosenView } from "./settledraft.js";
import { say } from "./words.js";

export const REASON_KEYS = { a: "text_ambiguous", g: "codebook_gap", s: "slip", l: "legal_disagreement" };
const SEVERITY_NAMES = ["low", "medium", "high"];

/** The label as a badge with its name; `finding` as the server gives it. */
export function findingLabel(finding) {
  return el("span", { class: "stl-label" }, badge({ ...finding, own: true }), el("span", {}, finding.name, el("span", { class: "unseen" }, `, ${say(`settle.polarity.${finding.polarity}`)}`)),
    finding.severity ? el("span", { class: "aside" }, say(`settle.severity.${finding.severity}`)) : null);
}

/** The buttons that say why, with a key each. */
export function reasonButtons(chosen, choose) {
  return el("div", { class: "stl-reasons", role: "group", "aria-label": say("settle.why") },
    ...Object.entries(REASON_KEYS).map(([key, reason]) => el("button", { class: "stl-reason", "aria-pressed": String(chosen === reason), dataset: { key: `reason-${reason}` }, onclick: () => choose(reason) }, keyCap(key), say(`settle.reason.${reason}`))));
}

export class SettleForm {
  constructor(act) {
    this.act = act;
    this.root = el("div", { class: "stl-form" });
  }

  /** `at` is the place of the passage at hand, `fresh` a draft of words that nobody marked. */
  draw({ clause, people, concerns, veiled, at, draft, fresh, asks }) {
    this.people = people;
    this.veiled = veiled;
    this.concerns = concerns;
    const passage = fresh ? null : clause.passages[at];
    this.root.replaceChildren(...[
      this.legend(clause),
      this.reopened(clause),
      this.follows(clause),
      clause.passages.length + Boolean(fresh) > 1 ? this.tabs(clause, at, fresh) : null,
      fresh ? this.fresh(clause, draft, asks) : passage ? this.passage(clause, passage, draft, asks) : this.nothing(clause),
    ].filter(Boolean));
  }

  /* ---- who is who ---- */

  /** The letters of all who have read the clause, with their names unless the project hides them. */
  legend(clause) {
    const readers = clause.readers.map((id) => this.people[id]).filter(Boolean);
    if (!readers.length) return null;
    const letter = (one) => el("span", { class: `stl-letter${one.own ? " own" : ""}` }, one.letter);
    const named = (one) => el("li", {}, letter(one), " ", el("span", { dir: "auto" }, one.own && this.veiled ? say("settle.legend.you") : one.name));
    const shown = this.veiled
      ? [el("li", {}, ...readers.flatMap((one) => [letter(one), " "]), say("settle.legend.hidden")), ...readers.filter((one) => one.own).map(named)]
      : readers.map(named);
    return el("ul", { class: "stl-legend", role: "list", tabindex: "0", "aria-label": say("settle.legend.title"), dataset: { key: "legend" } },
      ...shown, el("li", { class: "aside" }, say("settle.legend.numbers")));
  }

  /* ---- why it is open again, and where else it is decided ---- */

  reopened(clause) {
    if (!clause.outdated.length) return null;
    const [first] = clause.outdated;
    const beside = new Set(clause.passages.map((one) => one.was?.id));
    const loose = clause.outdated.filter((one) => !beside.has(one.id));
    // What has a passage is asked about there, one at a time; here all at once.
    const some = clause.passages.some((one) => one.was && one.state !== "unanimous") || loose.some((one) => !one.passage);
    return el("div", { class: "stl-reopened" },
      el("p", {}, icon("redo"), " ", say("settle.reopened", { name: first.by, day: first.at })),
      el("ul", { role: "list" }, ...clause.changes.map((one) => el("li", {}, one.said, " ", ...this.change(one)))),
      ...loose.map((one) => el("p", { class: "stl-was" }, el("span", { class: "aside" }, say("settle.was")), " ", ...this.decided(one))),
      loose.length || clause.outdated.length > 1
        ? el("button", { class: "small", dataset: { key: "keep-all" }, onclick: () => this.act({ keep: "all" }) }, say(!some ? "settle.close" : clause.outdated.length > 1 ? "settle.keep_all" : "settle.keep"), keyCap("Shift b"))
        : null);
  }

  /** What had been decided on a passage, and the one key that says it is still right. */
  was(clause, passage) {
    if (!passage.was || passage.decision) return null;
    return el("div", { class: "stl-reopened stl-was" },
      el("p", {}, el("span", { class: "aside" }, say("settle.was_by", { name: passage.was.by, day: passage.was.at })), " ", ...this.decided(passage.was)),
      el("p", {}, say("settle.still_right", { names: clause.changed.join(", ") }), " ",
        el("button", { class: "small", dataset: { key: "keep" }, onclick: () => this.act({ keep: passage.was.id }) }, say(passage.state === "unanimous" ? "settle.close" : "settle.keep"), keyCap("b"))));
  }

  change({ before, after }) {
    const shown = (one) => [findingLabel(one), " ", el("q", { dir: "auto" }, one.quote)];
    if (before && after) return [...shown(before), " → ", ...shown(after)];
    return before || after ? shown(before ?? after) : [];
  }

  follows(clause) {
    if (!clause.follows.length) return null;
    return el("p", { class: "stl-follows" }, say("settle.follows"), " ", ...clause.follows.map((one) => el("button", { class: "plain", onclick: () => this.act({ go: one.eid }) }, one.citation)));
  }

  nothing(clause) {
    return el("p", { class: "stl-nothing" }, say(clause.readers.length > 1 ? "settle.nothing_marked" : "settle.nothing_one"));
  }

  tabs(clause, at, fresh) {
    const tab = (name, here, act, ...what) => el("button", { class: "stl-tab", "aria-pressed": String(here), dataset: { key: `tab-${name}` }, onclick: act }, ...what);
    return el("div", { class: "stl-tabs", role: "group", "aria-label": say("settle.passages") },
      ...clause.passages.map((one, index) => tab(index, !fresh && index === at, () => this.act({ passage: index }),
        el("span", { class: `stl-sign ${one.state}`, "aria-hidden": "true" }), say("settle.passage", { number: String(index + 1) }), el("span", { class: "unseen" }, `, ${say(`settle.state.${one.state}`)}`))),
      fresh ? tab("new", true, () => null, say("settle.new")) : null);
  }

  /* ---- one passage ---- */

  passage(clause, passage, draft, asks) {
    const chosen = chosenView(passage, draft);
    const unmarked = passage.views.some((view) => !view.finding);
    const marked = passage.views.filter((view) => view.finding);
    const apart = marked.some(({ finding }) => finding.from !== marked[0].finding.from || finding.to !== marked[0].finding.to);
    return el("div", { class: "stl-passage" },
      el("p", { class: "stl-state" }, el("b", {}, say(`settle.state.${passage.state}`)), " ", el("span", { class: "aside" }, say(`settle.means.${passage.state}`))),
      passage.decision ? this.standing(passage.decision) : null,
      this.was(clause, passage),
      el("div", { class: "stl-views", role: "group", "aria-label": say("settle.views") },
        ...passage.views.map((view, index) => this.view(passage, view, index, chosen === index)),
        unmarked ? null : el("button", { class: "stl-view", "aria-pressed": String(draft.how === "none"), dataset: { key: "none" }, onclick: () => this.act({ none: true }) }, el("span", { class: "stl-n" }, "0"), el("span", { class: "stl-who" }), el("span", { class: "stl-label" }, say("settle.none")))),
      el("div", { class: "stl-tools" },
        apart ? this.tool("union", "u", { words: "all" }) : null,
        apart ? this.tool("shared", "i", { words: "shared" }) : null,
        this.tool("change", "c", { open: true }, draft.open),
        this.tool("disagree", "d", { disagree: true }, draft.how === "disagree"),
        this.tool("new", "w", { fresh: true })),
      this.conclusion(clause, draft, chosen),
      this.why(draft, asks));
  }

  view(passage, view, index, chosen) {
    const { finding } = view;
    const most = passage.state === "majority" && view.who.some((one) => passage.holding.includes(one));
    return el("div", { class: "stl-row" },
      el("button", { class: `stl-view${finding ? ` slot-${finding.slot}` : ""}`, "aria-pressed": String(chosen), dataset: { key: `view-${index}` }, onclick: () => this.act({ view: index }) },
        el("span", { class: "stl-n" }, String(index + 1)), this.who(view.who),
        finding ? findingLabel(finding) : el("span", { class: "stl-label" }, say("settle.unmarked")),
        most ? el("span", { class: "stl-most" }, say("settle.most")) : null,
        finding ? el("q", { class: "stl-quote", dir: "auto" }, finding.quote) : null),
      finding && passage.views.filter((one) => one.finding).length > 1
        ? el("button", { class: "small stl-only", title: say("settle.label_only_help"), dataset: { key: `label-${index}` }, onclick: () => this.act({ label: index }) }, say("settle.label_only"), keyCap(`Shift ${index + 1}`))
        : null);
  }

  who(ids) {
    const named = ids.map((id) => this.people[id]);
    return el("span", { class: "stl-who", title: named.map((one) => one?.name).join(", ") },
      ...named.map((one) => el("span", { class: `stl-letter${one?.own ? " own" : ""}` }, el("span", { "aria-hidden": "true" }, one?.letter ?? "?"), el("span", { class: "unseen" }, `${one?.name ?? "?"} `))));
  }

  tool(name, key, act, pressed) {
    return el("button", { class: "small", ...(pressed === undefined ? {} : { "aria-pressed": String(Boolean(pressed)) }), dataset: { key: name }, onclick: () => this.act(act) }, say(`settle.${name}`), keyCap(key));
  }

  standing(decision) {
    return el("div", { class: "stl-standing" },
      el("p", {}, icon("tick"), " ", say("settle.by", { name: decision.by, day: decision.at }), " ", ...this.decided(decision)),
      el("button", { class: "small", dataset: { key: "unsettle" }, disabled: decision.pending, onclick: () => this.act({ unsettle: decision.id }) }, say("settle.unsettle"), keyCap("x")));
  }

  decided(decision) {
    const what = decision.finding
      ? [findingLabel(decision.finding), " ", el("q", { dir: "auto" }, decision.finding.quote)]
      : [el("b", {}, say(`settle.outcome.${decision.outcome}`))];
    return [...what, " · ", say(`settle.reason.${decision.reason}`), decision.note ? el("span", { class: "stl-note-said", dir: "auto" }, `: ${decision.note}`) : null].filter(Boolean);
  }

  fresh(clause, draft, asks) {
    return el("div", { class: "stl-passage" },
      el("p", { class: "stl-state" }, el("b", {}, say("settle.new")), " ", el("span", { class: "aside" }, say("settle.new_help"))),
      this.conclusion(clause, draft, -1),
      this.why(draft, asks));
  }

  /* ---- what would be settled, and why ---- */

  conclusion(clause, draft, chosen) {
    if (!draft.how) return null;
    if (draft.how !== "finding") return el("p", { class: "stl-draft" }, el("span", { class: "aside" }, say("settle.as")), " ", el("b", {}, say(`settle.outcome.${draft.how}`)));
    const words = clause.text.slice(draft.start?.unit ?? 0, draft.end?.unit ?? 0);
    const shown = this.told(draft.label);
    return el("div", { class: "stl-draft" },
      el("p", {}, el("span", { class: "aside" }, say("settle.as")), " ", findingLabel(shown), " ", words ? el("q", { dir: "auto" }, words) : el("span", { class: "aside" }, say("settle.no_words"))),
      draft.open || chosen < 0 ? this.changeWords(draft) : null,
      draft.open ? this.changeLabel(draft.label) : null);
  }

  changeWords(draft) {
    const step = (side, by, sign) => el("button", { class: "small", "aria-label": say(`settle.step.${side}_${by > 0 ? "on" : "back"}`), dataset: { key: `${side}${by}` }, onclick: () => this.act({ side, by }) }, sign);
    return el("p", { class: "stl-steps" },
      el("span", { class: "aside" }, say("settle.ends")), " ",
      step("start", -1, "⇤"), step("start", 1, "⇥"), el("span", { class: "stl-dots", "aria-hidden": "true" }, "…"), step("end", -1, "⇤"), step("end", 1, "⇥"),
      el("span", { class: "stl-keyhint" }, cap("←"), cap("→"), " ", say("settle.ends_keys")));
  }

  changeLabel(label) {
    const concern = this.concerns.find((one) => one.id === label.concern) ?? this.concerns[0];
    const select = (name, options) => el("label", { class: "rc-field" }, el("span", {}, say(`settle.field.${name}`)),
      el("select", { dataset: { key: `field-${name}` }, onchange: (event) => this.act({ field: name, value: event.target.value }) },
        ...options.map(([value, text]) => el("option", { value, selected: (label[name] || "") === value }, text))));
    return el("div", { class: "stl-fields" },
      select("concern", this.concerns.map((one) => [one.id, one.name])),
      select("code", [["", say("settle.no_code")], ...concern.codes.filter((one) => !one.retired || one.id === label.code).map((one) => [one.id, (one.parent ? "– " : "") + one.name])]),
      select("polarity", ["risk", "safeguard"].map((one) => [one, say(`settle.polarity.${one}`)])),
      select("severity", [["", say("settle.no_severity")], ...SEVERITY_NAMES.map((one) => [one, say(`settle.severity.${one}`)])]));
  }

  /** A draft's label with letter, colour and name. */
  told(label) {
    const concern = this.concerns.find((one) => one.id === label.concern);
    const code = concern?.codes.find((one) => one.id === label.code || one.replaces.includes(label.code));
    return { ...label, letter: concern?.letter ?? "?", slot: concern?.slot ?? "gray", name: code?.name ?? (label.code || (concern?.name ?? label.concern)) };
  }

  why(draft, asks) {
    const note = el("textarea", { class: "stl-note", rows: "1", dir: "auto", maxlength: "4000", "aria-label": say("settle.note"), placeholder: say("settle.note"), dataset: { key: "note" }, oninput: () => this.act({ note: note.value }) });
    note.value = draft.note;
    return el("div", { class: `stl-why${asks ? ` asks-${asks}` : ""}` },
      el("p", { class: "stl-asks", role: "alert" }, asks ? say(`settle.asks.${asks}`) : ""),
      reasonButtons(draft.reason, (reason) => this.act({ reason })),
      el("div", { class: "stl-decide" }, note, keyCap("t"),
        el("button", { class: "primary", dataset: { key: "decide" }, onclick: () => this.act({ decide: true }) }, say("settle.decide"), keyCap("Enter"))));
  }
}

