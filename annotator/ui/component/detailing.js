/* Below or beside the matrix: what is known of the cell at hand, and what can be said of it. */
import { cap, el } from "./dom.js";
import { keyCap } from "./keys.js";
import { STANDS, standName, standSign } from "./signs.js";
import { say } from "./words.js";

/** The part of the matrix that shows one cell. */
export class Detailing {
  drawDetail() {
    const found = this.find(this.at);
    const { column, row, cell } = found;
    const { lang, dir } = this.data.document;
    const words = (quote) => el("q", { lang, dir }, quote);
    const proposal = cell?.proposal;
    const others = cell?.said ?? [];
    this.detail.replaceChildren(...[
      el("header", {},
        el("h2", {}, el("bdi", { dir: "ltr" }, capital(row.citation)), " · ", column.name),
        el("span", { class: "mx-state" }, ...(cell ? [...cell.states.map((one) => standSign(one)), said(cell)] : [say("safeguards.table.not_asked")])),
        el("button", { class: "plain mx-close", onclick: () => this.root.querySelector(".mx").classList.remove("chosen") }, say("safeguards.table.close"))),
      el("div", { class: "mx-facts" }, ...[
        ...row.words.map((quote, index) => el("p", {}, el("b", {}, `${row.powers[index].name}${say("shell.colon")}`), words(quote), this.rejecting(row, row.powers[index]))),
        ...row.powers.filter((power) => power.id in (cell?.each ?? {})).map((power) => el("p", {}, el("b", {}, `${power.name}${say("shell.colon")}`), standSign(cell.each[power.id]), standName(cell.each[power.id]))),
        ...others.map((one) => el("p", {}, el("b", {}, el("bdi", {}, one.name), `${say("shell.colon")}${standName(one.state)}`), one.on ? el("span", { class: "aside" }, ` ${one.on}`) : null, one.note ? el("span", { dir: "auto" }, ` ${one.note}`) : null)),
        proposal ? el("p", {}, el("b", {}, `${say("safeguards.table.proposed", { state: standName(proposal.state) })} `), el("span", { dir: "auto" }, proposal.reason)) : null,
        ...(proposal?.evidence ?? []).map((one) => el("p", {}, this.link(one.land, null, one.citation, `go-${one.eid}-${one.start}`), " ", words(one.quote))),
        column.definition ? el("p", { class: "aside" }, column.definition, " ", column.standards.join(" · ")) : null,
      ].filter(Boolean)),
      el("footer", {},
        this.data.reviewer ? this.deciding(row, column, cell) : el("span", { class: "aside" }, say("safeguards.table.choose_name")),
        this.link(row.eid, column.id, say("safeguards.table.open"), "open", "mx-open secondary"),
        el("span", { class: "aside mx-keys" }, say("safeguards.table.keys"))),
    ]);
  }

  /** A way to a clause on the review page: in place, or in a tab of its own. */
  link(eid, safeguard, name, key, style = "plain") {
    const { slug } = this.data.document;
    const address = new URL(window.location.href);
    address.pathname = address.pathname.replace(/[^/]*$/, "review");
    address.search = new URLSearchParams({ doc: slug, at: eid, ...(this.data.reviewer ? { as: this.data.reviewer.name } : {}) }).toString();
    return el("a", {
      class: style, href: address.href, dataset: { key: `mx-link-${key}` },
      onclick: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.send([{ type: "open", eid, safeguard, nonce: String(performance.now()) }]);
      },
    }, el("bdi", {}, name));
  }

  rejecting(row, power) {
    if (!this.data.reviewer) return null;
    return el("button", {
      class: "plain mx-reject", "aria-label": say("safeguards.panel.no_power_of", { name: power.name }), dataset: { key: `mx-reject-${power.id}` },
      onclick: () => {
        this.outbox.add({ type: "reject_power", eid: row.eid, power: power.id });
        this.say(say("safeguards.panel.rejected", { name: power.name }));
      },
    }, say("safeguards.panel.no_power"));
  }

  deciding(row, column, cell) {
    const { own, proposal } = cell ?? {};
    return el("span", { class: "mx-deciding" },
      el("span", { class: "stands", role: "group", "aria-label": say("safeguards.table.your_word", { name: column.name }) }, ...STANDS.map(([state, key]) => {
        const name = standName(state);
        const mine = own?.state === state;
        return el("button", {
          class: `stand ${state}${mine ? " own" : proposal?.state === state ? " proposed" : ""}`, "aria-pressed": String(mine),
          "aria-label": proposal?.state === state ? say("safeguards.table.as_proposed", { state: capital(name) }) : capital(name), title: `${name} (${key.toUpperCase()})`,
          dataset: { key: `mx-stand-${state}` }, onclick: () => (mine ? this.leave() : this.decide(state)),
        }, standSign(state), el("span", { class: "stand-word" }, name));
      })),
      proposal && !own ? el("button", { class: "primary", dataset: { key: "mx-confirm" }, onclick: () => this.decide(proposal.state) }, say(`safeguards.table.confirm.${proposal.state}`), keyCap("Enter")) : null,
      own ? el("button", { class: "small", dataset: { key: "mx-leave" }, onclick: () => this.leave() }, say("safeguards.table.take_back"), cap("X")) : null);
  }
}

/** How a cell stands, in words. */
export function said(cell) {
  const states = cell.states.map(standName);
  if (!states.length) return say("safeguards.panel.no_proposal");
  if (cell.standing === "disputed") return say("safeguards.table.standing.disputed", { states: states.reduce((one, other) => say("safeguards.table.or", { one, other })) });
  return say(`safeguards.table.standing.${cell.standing}`, { state: states[0] });
}
