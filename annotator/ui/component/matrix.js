/* Powers against safeguards: a grid of clauses and what protects from them, to read and to decide in.

One cell is in the tab order; arrows move, letters and Enter decide, below it stands what is known.
*/
import { Detailing, said } from "./detailing.js";
import { el, icon, isField, keepingFocus, memory, mounting } from "./dom.js";
import { nameOf } from "./keys.js";
import { Outbox } from "./outbox.js";
import { STANDS, standLegend, standName, standSign } from "./signs.js";
import { numeral, say } from "./words.js";

const AT = "ta-matrix";
const PAGE = 8;
const TOLD_MS = 5000;

/** Mounts the matrix, or draws it again with other data. */
export const mountMatrix = mounting((root) => new Matrix(root));

class Matrix extends Detailing {
  constructor(root) {
    super();
    this.root = root;
    this.at = null;
    this.nodes = new Map();
    this.saved = el("div", { class: "saved", role: "status" });
    this.legend = el("div", { class: "mx-legend" });
    this.scroll = el("div", { class: "mx-scroll" });
    this.detail = el("aside", { class: "mx-detail", "aria-label": say("safeguards.table.detail") });
    this.live = el("div", { class: "unseen", "aria-live": "polite" });
    root.querySelector(".ta-root").replaceChildren(
      el("div", { class: "mx" }, el("header", { class: "mx-bar" }, this.legend, this.saved), el("div", { class: "mx-frame" }, this.scroll, this.detail), this.live));
    root.querySelector(".mx").addEventListener("keydown", (event) => this.key(event));
  }

  close() {
    clearTimeout(this.silence);
    this.outbox?.close();
  }

  receive(data, send) {
    this.data = data;
    this.send = send;
    const key = `ta-outbox:${data.store}`;
    if (this.outbox?.key !== key) {
      this.outbox?.close();
      this.outbox = new Outbox(key, send, () => this.drawSaved());
    }
    this.outbox.send = send;
    this.outbox.whose = { document: data.document.id, reviewer: data.reviewer?.id };
    for (const { why } of this.outbox.acknowledge(data.acks)) this.say(why, true);
    if (data.undone && this.undone !== data.undone.nonce && this.shown) this.say(data.undone.said, true);
    this.undone = data.undone?.nonce;
    const place = memory.get(AT, sessionStorage);
    if (!this.at && place?.document === data.document.id) this.at = place;
    if (!this.find(this.at)) this.at = this.first();
    this.draw();
    if (!this.shown) this.bring(this.node());
    this.shown = true;
  }

  /* ---- what is where ---- */

  /** The lines of the grid, table after table. */
  lines() {
    return this.data.tables.flatMap((table) => table.rows.map((row) => ({ table, row })));
  }

  find(at) {
    if (!at) return null;
    const line = this.lines().find(({ table, row }) => row.eid === at.eid && table.group === at.group);
    const index = line?.table.columns.findIndex((column) => column.id === at.safeguard) ?? -1;
    return index < 0 ? null : { ...line, index, column: line.table.columns[index], cell: this.projected(line.row, line.row.cells[index], line.table.columns[index]) };
  }

  first() {
    const [line] = this.lines();
    const index = Math.max(0, line.row.cells.findIndex(Boolean));
    return { group: line.table.group, eid: line.row.eid, safeguard: line.table.columns[index].id };
  }

  /** The cell with what is on its way laid over it. */
  projected(row, cell, column) {
    if (!this.data.reviewer) return cell;
    let own = cell?.own ?? null;
    let pending = false;
    for (const event of this.outbox.own()) {
      if (event.eid !== row.eid) continue;
      if (event.type === "assess" && column.id in event.states) {
        own = { ...(own ?? { note: "", on: "" }), reviewer: this.data.reviewer.id, name: this.data.reviewer.name, state: event.states[column.id], ...("note" in event ? { note: event.note } : {}) };
        pending = true;
      } else if (event.type === "unassess" && event.safeguards.includes(column.id)) {
        own = null;
        pending = true;
      }
    }
    if (!pending) return cell;
    const base = cell ?? { safeguard: column.id, proposal: null, said: [] };
    const others = base.said.filter((one) => one.reviewer !== this.data.reviewer.id);
    const said = this.data.whose === "proposed" ? [] : own ? [...others, own] : others;
    const told = new Set(said.map((one) => one.state));
    if (!told.size && base.proposal) told.add(base.proposal.state);
    if (!told.size && !base.asked) return null;
    const states = STANDS.map(([state]) => state).filter((state) => told.has(state)).reverse();
    return { ...base, own, said, states, standing: !said.length ? (base.proposal ? "proposed" : "unproposed") : states.length > 1 ? "disputed" : "confirmed" };
  }

  /* ---- drawing ---- */

  draw() {
    const shape = JSON.stringify(this.data.tables.map((table) => [table.group, table.columns.map((one) => one.id), table.rows.map((row) => [row.eid, ...row.powers.map((power) => power.id)])]));
    if (shape === this.shape) this.redraw();
    else this.build();
    this.shape = shape;
    this.drawSaved();
  }

  /** Draws again only what differs: a long act has thousands of cells. */
  redraw() {
    keepingFocus(this.root, () => {
      for (const table of this.data.tables) {
        const cells = this.cellsOf(table);
        table.rows.forEach((row, down) => {
          let changed = false;
          cells[down].forEach((cell, across) => {
            const old = this.nodes.get(keyOf(table.group, row.eid, table.columns[across].id));
            if (old.dataset.states === (cell?.states.join(" ") ?? "") && old.dataset.standing === (cell?.standing ?? "none")) return;
            old.replaceWith(this.cell(table, row, cell, table.columns[across]));
            changed = true;
          });
          if (changed) this.nodes.get(keyOf(table.group, row.eid, "count")).textContent = counted(cells[down]);
        });
        this.nodes.get(table.group).replaceWith(this.summaryRow(table, cells));
      }
      this.drawDetail();
    });
  }

  cellsOf(table) {
    return table.rows.map((row) => row.cells.map((cell, index) => this.projected(row, cell, table.columns[index])));
  }

  build() {
    this.nodes.clear();
    keepingFocus(this.root, () => {
      const { scrollTop, scrollLeft } = this.scroll;
      this.legend.replaceChildren(
        standLegend(true,
          el("span", {}, el("span", { class: "mx-swatch proposed absent" }, standSign("absent")), say("safeguards.table.dotted")),
          el("span", {}, el("span", { class: "mx-swatch own absent" }, standSign("absent")), say("safeguards.table.filled")),
          el("span", {}, el("span", { class: "mx-swatch disputed" }, "≠"), say("safeguards.table.differ"))),
        el("p", { class: "aside" }, say("safeguards.honest"), this.data.document.notice ? ` ${this.data.document.notice}` : ""));
      this.scroll.replaceChildren(...this.data.tables.map((table) => this.table(table)));
      this.scroll.scrollTop = scrollTop;
      this.scroll.scrollLeft = scrollLeft;
      this.drawDetail();
    });
  }

  drawSaved() {
    const { state, pending } = this.outbox;
    this.saved.dataset.pending = pending.length;
    this.saved.dataset.state = state;
    this.saved.hidden = !this.data.reviewer;
    this.saved.replaceChildren(...(state === "failed"
      ? [icon("warn"), `${say("safeguards.saving.failed", { n: pending.length })} · `, el("button", { class: "plain", onclick: () => this.outbox.flush() }, say("safeguards.saving.again"))]
      : pending.length ? [say("safeguards.saving.now")] : [icon("tick"), say("safeguards.saving.done")]));
  }

  table(table) {
    const cells = this.cellsOf(table);
    const rows = [];
    let article = null;
    table.rows.forEach((row, index) => {
      if (row.article.eid !== article) {
        article = row.article.eid;
        rows.push(el("tr", { class: "mx-article" }, el("th", { scope: "rowgroup", colspan: table.columns.length + 2 }, el("span", { lang: this.data.document.lang, dir: "auto" }, row.article.title))));
      }
      rows.push(this.line(table, row, cells[index]), ...this.eachPower(table, row));
    });
    return el("table", { class: "mx-table", role: "grid", "aria-label": say(`safeguards.table.against.${table.group}`) },
      el("caption", {}, el("span", {}, el("b", {}, table.name), el("span", { class: "aside" }, say("count.clause", { n: table.rows.length })))),
      el("colgroup", {}, el("col", { class: "mx-col-clause" }), ...table.columns.map(() => el("col", { class: "mx-col" })), el("col", { class: "mx-col-count" })),
      el("thead", {}, this.concernRow(table), this.headRow(table)),
      el("tbody", {}, ...rows),
      el("tfoot", {}, this.summaryRow(table, cells)));
  }

  concernRow(table) {
    const groups = [];
    for (const column of table.columns) {
      const last = groups.at(-1);
      if (last?.concern === column.concern) last.span += 1;
      else groups.push({ concern: column.concern, span: 1 });
    }
    return el("tr", { class: "mx-concerns" }, el("td", {}), ...groups.map(({ concern, span }) => {
      const known = this.data.concerns.find((one) => one.id === concern);
      return el("th", { scope: "colgroup", colspan: span }, el("span", { class: `slot-${known?.slot ?? "gray"}` }, known?.name ?? say("safeguards.table.other")));
    }), el("td", {}));
  }

  headRow(table) {
    return el("tr", { class: "mx-heads" }, el("td", {}),
      ...table.columns.map((column) => el("th", { scope: "col", title: column.definition || null }, el("span", {}, column.name))),
      el("th", { scope: "col", class: "mx-count" }, el("span", {}, say("safeguards.table.absent"))));
  }

  line(table, row, cells) {
    const count = el("td", { class: "mx-count" }, counted(cells));
    this.nodes.set(keyOf(table.group, row.eid, "count"), count);
    return el("tr", { dataset: { eid: row.eid } },
      el("th", { scope: "row", class: "mx-clause" }, el("span", { class: "mx-citation" }, el("bdi", { dir: "ltr" }, short(row.citation))), el("span", { class: "mx-kinds" }, row.kinds.join(", ") || say("safeguards.table.no_power"))),
      ...cells.map((cell, index) => this.cell(table, row, cell, table.columns[index])),
      count);
  }

  /** Of a clause with several powers a line each, where a safeguard does not stand alike for all. */
  eachPower(table, row) {
    if (!row.cells.some((cell) => cell && Object.keys(cell.each).length)) return [];
    return row.powers.map((power) => el("tr", { class: "mx-power", dataset: { power: power.id } },
      el("th", { scope: "row", class: "mx-clause" }, el("span", { class: "mx-kinds" }, power.name)),
      ...row.cells.map((cell, index) => {
        const state = cell?.each[power.id];
        return el("td", { class: `mx-each ${state ?? "none"}`, title: state ? `${power.name}, ${table.columns[index].name}${say("shell.colon")}${standName(state)}` : null },
          state ? standSign(state) : null, state ? el("span", { class: "unseen" }, standName(state)) : null);
      }),
      el("td", {})));
  }

  cell(table, row, cell, column) {
    const here = this.at.eid === row.eid && this.at.safeguard === column.id && this.at.group === table.group;
    const at = { group: table.group, eid: row.eid, safeguard: column.id };
    const common = {
      role: "gridcell", tabindex: here ? "0" : "-1", "aria-selected": String(here),
      "aria-label": `${row.citation}, ${column.name}: ${cell ? said(cell) : say("safeguards.table.not_asked")}`,
      dataset: { key: keyOf(table.group, row.eid, column.id), safeguard: column.id, standing: cell?.standing ?? "none", states: cell?.states.join(" ") ?? "" },
      onclick: () => this.go(at, true),
      onfocus: () => this.go(at),
    };
    const node = cell
      ? el("td", { class: `mx-cell ${cell.states[0] ?? ""} ${cell.standing}`, ...common },
          el("span", { class: "mx-box" }, cell.states.length ? null : "?", ...cell.states.map((one) => standSign(one)), cell.standing === "disputed" ? el("b", { class: "mx-differ" }, "≠") : null))
      : el("td", { class: "mx-cell none", ...common }, "·");
    this.nodes.set(common.dataset.key, node);
    return node;
  }

  summaryRow(table, cells) {
    const line = el("tr", {}, el("th", { scope: "row", class: "mx-clause" }, say("safeguards.table.absent_in")),
      ...table.columns.map((column, index) => {
        const asked = cells.map((row) => row[index]).filter(Boolean);
        const absent = asked.filter(isAbsent).length;
        return el("td", { title: say("safeguards.table.absent_of", { name: column.name, absent, n: asked.length }) }, el("b", {}, numeral(absent)), el("span", {}, say("safeguards.table.of", { n: asked.length })));
      }),
      el("td", { class: "mx-count" }));
    this.nodes.set(table.group, line);
    return line;
  }

  /* ---- what is done ---- */

  node() {
    return this.scroll.querySelector('[role="gridcell"][tabindex="0"]');
  }

  go(at, chosen = false) {
    if (chosen) this.root.querySelector(".mx").classList.add("chosen");
    if (at.eid === this.at.eid && at.safeguard === this.at.safeguard && at.group === this.at.group) return;
    const before = this.node();
    before?.setAttribute("tabindex", "-1");
    before?.setAttribute("aria-selected", "false");
    this.at = at;
    memory.set(AT, { ...at, document: this.data.document.id }, sessionStorage);
    const node = this.nodes.get(keyOf(at.group, at.eid, at.safeguard));
    node.setAttribute("tabindex", "0");
    node.setAttribute("aria-selected", "true");
    node.focus({ preventScroll: true });
    this.bring(node);
    this.drawDetail();
  }

  /** In sight between the headings, which stay where they are; the page around does not move. */
  bring(node) {
    if (!node) return;
    const { tHead, tFoot } = node.closest("table");
    const frame = this.scroll.getBoundingClientRect();
    const box = node.getBoundingClientRect();
    const over = box.top - frame.top - tHead.offsetHeight;
    const under = box.bottom - frame.bottom + tFoot.offsetHeight;
    const before = box.left - frame.left - node.parentElement.firstElementChild.offsetWidth;
    const behind = box.right - frame.right;
    if (over < 0) this.scroll.scrollTop += over;
    else if (under > 0) this.scroll.scrollTop += under;
    if (before < 0) this.scroll.scrollLeft += before;
    else if (behind > 0) this.scroll.scrollLeft += behind;
  }

  key(event) {
    const cell = this.root.activeElement?.closest('[role="gridcell"]');
    if (isField(event.composedPath()[0])) return;
    const name = nameOf(event);
    const command = cell ? this.command(name, event) : name === "Escape" ? () => this.node().focus() : null;
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    command();
  }

  command(name, event) {
    const { table, row, index, cell } = this.find(this.at);
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], PageDown: [PAGE, 0], PageUp: [-PAGE, 0], Home: [0, -index], End: [0, table.columns.length - 1 - index] }[event.key];
    if (step) return () => (event.ctrlKey && event.key === "Home" ? this.edge(0) : event.ctrlKey && event.key === "End" ? this.edge(-1) : this.move(...step));
    const state = STANDS.find(([, key]) => key === name)?.[0];
    if (state) return () => this.decide(state);
    const commands = {
      Enter: () => (cell?.proposal && !cell.own && this.data.reviewer ? this.decide(cell.proposal.state) : this.detail.querySelector(".mx-open").focus()),
      x: () => this.leave(),
      Delete: () => this.leave(),
      o: () => this.detail.querySelector(".mx-open").click(),
      z: () => this.data.reviewer && this.outbox.add({ type: "undo" }),
      y: () => this.data.reviewer && this.outbox.add({ type: "redo" }),
    };
    if (commands[name]) return commands[name];
    return row && name === " " ? () => this.go(this.at, true) : null;
  }

  edge(at) {
    const line = this.lines().at(at);
    this.go({ group: line.table.group, eid: line.row.eid, safeguard: line.table.columns.at(at).id });
  }

  move(down, across) {
    const lines = this.lines();
    const { table, row, index } = this.find(this.at);
    const from = lines.findIndex((line) => line.row === row && line.table === table);
    const line = lines[Math.max(0, Math.min(lines.length - 1, from + down))];
    const { columns } = line.table;
    this.go({ group: line.table.group, eid: line.row.eid, safeguard: columns[Math.max(0, Math.min(columns.length - 1, index + across))].id });
  }

  decide(state) {
    if (!this.data.reviewer) return this.say(say("safeguards.table.choose_name"));
    const { column, row } = this.find(this.at);
    this.outbox.add({ type: "assess", eid: row.eid, states: { [column.id]: state } });
    this.say(`${column.name}: ${standName(state)}.`);
    return this.draw();
  }

  leave() {
    const { column, row, cell } = this.find(this.at);
    if (!cell?.own) return this.say(say("safeguards.table.nothing_own"));
    this.outbox.add({ type: "unassess", eid: row.eid, safeguards: [column.id] });
    return this.draw();
  }

  say(words, seen = false) {
    this.live.replaceChildren(el("span", { class: seen ? "mx-told" : "" }, words));
    this.live.classList.toggle("unseen", !seen);
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.live.replaceChildren();
      this.live.classList.add("unseen");
    }, TOLD_MS);
  }
}

function keyOf(group, eid, safeguard) {
  return `mx-${group}-${eid}-${safeguard}`;
}

function counted(cells) {
  const asked = cells.filter(Boolean);
  return say("safeguards.table.counted", { absent: asked.filter(isAbsent).length, n: asked.length });
}

function isAbsent(cell) {
  return cell.states.length === 1 && cell.states[0] === "absent";
}

function short(citation) {
  return citation.replace(/^art\. /, "");
}
