/* Safeguards decided from the keyboard: a key opens the list, arrows move, a letter or Enter decides. */
import { cap, el } from "./dom.js";
import { keyCap, sayKeys } from "./keys.js";
import { drawSafeguards } from "./safeguards.js";
import { standing } from "./powers.js";
import { STANDS, standName } from "./signs.js";
import { say } from "./words.js";

const WORKING = [["step", "ArrowUp", "ArrowDown"], ["state", "p", "r", "w", "a"], ["confirm", "Enter"], ["all", "Shift Enter"], ["evidence", "o"], ["leave", "x"], ["close", "Escape"]];

/** What of a desk has to do with safeguards: the list that is open, and the one at hand in it. */
export class Assessing {
  constructor(desk) {
    this.desk = desk;
    this.open = false;
    this.at = null;
    this.eid = null;
    this.keys = el("footer", { class: "keys guard-keys", hidden: true }, ...WORKING.map(([name, ...keys]) => el("span", {}, ...keys.map(guardCap), say(`review.guard.keys.${name}`))));
  }

  /** The safeguards of a clause: those asked of it, and those asked of other kinds only. */
  of(eid) {
    const { safeguards, concerns } = this.desk.data;
    const read = standing(this.desk.data.powers[eid], this.desk.view.rejected.get(eid));
    const own = this.desk.view.guards.get(eid) ?? new Map();
    const proposed = new Map(read.safeguards.map((one) => [one.safeguard, one]));
    const order = (id) => concerns.findIndex((one) => one.id === safeguards[id]?.concern) + 1 || concerns.length + 1;
    const list = [...new Set([...proposed.keys(), ...own.keys()])].map((id) => {
      const known = safeguards[id] ?? { name: id, concern: "", definition: "", standards: [], recognise: {} };
      const concern = concerns.find((one) => one.id === known.concern);
      return { evidence: [], reason: "", applies: !proposed.size, state: null, ...known, ...proposed.get(id), id, concern: concern?.name ?? "", slot: concern?.slot ?? "gray", own: own.get(id) ?? null };
    }).sort((a, b) => order(a.id) - order(b.id));
    const asked = (row) => row.applies || row.own;
    return { rows: list.filter(asked), further: list.filter((row) => !asked(row)), powers: read.powers };
  }

  /** Whether any clause of the sheet has a list. */
  any() {
    return Object.keys(this.desk.data.powers).length > 0;
  }

  draw() {
    const { desk } = this;
    if (this.eid !== desk.here) {
      this.eid = desk.here;
      this.open = false;
      this.at = null;
    }
    const found = this.of(desk.here);
    if (!found.rows.length) this.open = false;
    const { lang, dir } = desk.data.document;
    const field = desk.root.activeElement;
    const writing = field?.classList.contains("mark-note") && field.dataset.key === `guard-note-${this.at}`;
    if (!writing) drawSafeguards(desk.panel.guards, desk.root, { ...found, eid: desk.here, key: desk.data.key, at: this.at, open: this.open, lang, dir }, (what) => desk.act(what));
    desk.panel.toGuards.hidden = !found.rows.length;
    desk.panel.toGuards.textContent = say("review.safeguards_count", { n: found.rows.length });
    this.keys.hidden = !this.open;
    desk.panel.root.classList.toggle("guarding", this.open);
    desk.foot.hidden = this.open;
    desk.guardKey.hidden = !this.any();
  }

  act(what) {
    const row = this.row(what.id);
    if (what.guard === "all") this.confirmAll();
    else if (what.guard === "go") this.desk.following.follow(what.to.land, what.to, this.at);
    else if (what.guard === "choose") this.choose(what.id);
    else if (what.guard === "show") this.show();
    else if (what.guard === "set") this.set(row, what.state);
    else if (what.guard === "leave") this.leave(row);
    else if (what.guard === "note") this.note(row, what.note);
    else if (what.guard === "reject") this.reject(what.power);
    else if (what.guard === "restore") this.restore(what.power);
  }

  row(id) {
    const { rows, further } = this.of(this.desk.here);
    return [...rows, ...further].find((one) => one.id === id);
  }

  /** The key that opens the list, at the first safeguard nobody has decided. */
  toggle() {
    if (this.open) return this.close();
    const eid = this.next();
    if (!eid) return this.desk.hint(say("review.guard.none_here"));
    const { rows } = this.of(eid);
    this.desk.clear();
    this.desk.at = null;
    if (eid !== this.desk.here) {
      this.desk.goTo(eid);
      this.eid = eid;
      this.desk.say(`${this.desk.nodes.get(eid).clause.citation}:`);
    }
    this.open = true;
    // With a button in focus Enter would press that.
    this.desk.root.activeElement?.blur();
    return this.choose((rows.find((row) => !row.own) ?? rows[0]).id);
  }

  /** The clause at hand where it has a list, else the next one in the article that has. */
  next() {
    const { order, here } = this.desk;
    const from = order.indexOf(here);
    return [...order.slice(from), ...order.slice(0, from)].find((eid) => this.of(eid).rows.length);
  }

  /** Opens the list at a safeguard again, for who comes back from its evidence. */
  resume(id) {
    this.eid = this.desk.here;
    this.open = true;
    this.choose(id);
  }

  close() {
    this.open = false;
    this.at = null;
    this.desk.render(true);
  }

  show() {
    const { panel } = this.desk;
    panel.root.classList.add("open");
    const frame = panel.guards.parentElement;
    frame.scrollTop += panel.guards.getBoundingClientRect().top - frame.getBoundingClientRect().top;
  }

  choose(id) {
    const { desk } = this;
    this.at = id;
    // Whoever has chosen one, by mouse too, decides with the keys that are shown then.
    this.open = Boolean(id);
    desk.render(true);
    const row = id && this.row(id);
    if (!row) return;
    this.bring();
    desk.say(`${row.name}: ${row.own ? standName(row.own.state) : row.state ? say("review.guard.proposed", { state: standName(row.state) }) : ""}. ${row.reason}`);
  }

  /** The row at hand in sight, below it what is known of it. */
  bring() {
    const { guards } = this.desk.panel;
    const row = guards.querySelector(".guard.here")?.getBoundingClientRect();
    // Its own frame alone moves: what scrolls everything around would push the page up on a phone.
    const frame = guards.parentElement;
    const sight = frame.getBoundingClientRect();
    if (row?.bottom > sight.bottom) frame.scrollTop += Math.min(row.bottom - sight.bottom + 8, row.top - sight.top);
    else if (row?.top < sight.top) frame.scrollTop += row.top - sight.top;
  }

  key(name) {
    if (!this.open) return null;
    const row = this.row(this.at);
    const stand = STANDS.find(([, key]) => key === name);
    if (stand && row) return () => this.set(row, stand[0]);
    const step = { ArrowDown: 1, ArrowUp: -1 }[name];
    if (step) return () => this.step(step);
    const keys = {
      Enter: () => this.confirm(row),
      "Shift Enter": () => this.confirmAll(),
      o: () => this.evidence(row),
      t: () => this.desk.panel.guards.querySelector(".guard.here .mark-note")?.focus(),
      x: () => this.leave(row),
      Delete: () => this.leave(row),
      g: () => this.close(),
      Escape: () => this.close(),
    };
    return keys[name] ?? null;
  }

  /** To the words it rests on; each press of the key to the next. */
  evidence(row) {
    if (!row?.evidence.length) return this.desk.hint(say("review.guard.no_evidence"));
    const key = `${this.desk.here}/${row.id}`;
    this.looked = { key, times: this.looked?.key === key ? this.looked.times + 1 : 0 };
    return this.act({ guard: "go", to: row.evidence[this.looked.times % row.evidence.length] });
  }

  step(by) {
    const { rows } = this.of(this.desk.here);
    const next = rows[rows.findIndex((row) => row.id === this.at) + by];
    if (next) this.choose(next.id);
  }

  confirm(row) {
    if (row && !row.own && row.state) return this.set(row, row.state);
    if (this.of(this.desk.here).rows.some((one) => !one.own)) return this.onward();
    this.close();
    return this.desk.hint(say("review.guard.all_decided_enter"));
  }

  confirmAll() {
    const open = this.of(this.desk.here).rows.filter((row) => !row.own && row.state);
    if (!open.length) return this.desk.hint(say("review.guard.nothing_left"));
    this.send(Object.fromEntries(open.map((row) => [row.id, row.state])));
    this.desk.hint(sayKeys("review.guard.confirmed", { n: open.length }));
    return this.desk.render();
  }

  set(row, state) {
    this.send({ [row.id]: state });
    this.desk.say(say("review.guard.said", { name: row.name, state: standName(state) }));
    if (this.open) this.onward();
    else {
      this.at = row.id;
      this.desk.render();
    }
  }

  /** The next that is not decided; where none is left, one stays. */
  onward() {
    this.desk.render(true);
    const { rows } = this.of(this.desk.here);
    const at = rows.findIndex((row) => row.id === this.at);
    const next = rows.slice(at + 1).find((row) => !row.own) ?? rows.find((row) => !row.own);
    if (next) this.choose(next.id);
    else this.desk.hint(say("review.guard.all_decided"));
  }

  leave(row) {
    if (!row?.own) return this.desk.hint(say("review.guard.none_of_yours"));
    this.desk.outbox.add({ type: "unassess", eid: this.desk.here, safeguards: [row.id] });
    this.desk.say(say("review.guard.taken_back", { name: row.name }));
    return this.desk.render();
  }

  note(row, note) {
    if (!row?.own || note === (row.own.note ?? "")) return;
    this.desk.outbox.add({ type: "assess", eid: this.desk.here, states: { [row.id]: row.own.state }, note });
    this.desk.render();
  }

  /** The clause grants no such power: nothing is asked of it for that one. */
  reject(power) {
    this.desk.outbox.add({ type: "reject_power", eid: this.desk.here, power: power.id });
    this.desk.say(say("safeguards.panel.rejected", { name: power.name }));
    this.desk.render();
  }

  restore(power) {
    this.desk.outbox.add({ type: "restore_power", eid: this.desk.here, power: power.id });
    this.desk.say(say("safeguards.panel.restored", { name: power.name }));
    this.desk.render();
  }

  send(states) {
    this.desk.outbox.add({ type: "assess", eid: this.desk.here, states });
  }
}

/** A letter of the list is its own whatever the reader's other keys are; the rest follow them. */
function guardCap(key) {
  return /^[a-z]$/.test(key) ? cap(key.toUpperCase()) : keyCap(key);
}
