/* The panel's list of safeguards: what is proposed for the clause at hand, and what the reviewer says. */
import { cap, el, icon, keepingFocus } from "./dom.js";
import { keyCap } from "./keys.js";
import { olderWords } from "./older.js";
import { STANDS, standLegend, standName, standSign } from "./signs.js";
import { say } from "./words.js";

/** Draws the list; nothing where no power is read in the clause and nothing was said of it. */
export function drawSafeguards(host, root, shown, act) {
  const { rows, further, powers } = shown;
  host.hidden = !rows.length && !further.length && !powers.length;
  const signature = JSON.stringify([shown.eid, shown.key, shown.at, shown.open, powers.map((power) => power.rejected), [...rows, ...further].map((row) => [row.id, row.own])]);
  if (host.hidden || host.drawn === signature) return;
  host.drawn = signature;
  const waiting = rows.filter((row) => !row.own && row.state).length;
  const decided = rows.filter((row) => row.own).length;
  keepingFocus(root, () => host.replaceChildren(...[
    el("h4", {}, `${say("safeguards.panel.title")} `, el("span", { class: "aside" }, say("safeguards.panel.decided", { done: decided, n: rows.length })),
      waiting
        ? el("button", { class: "plain confirm-all", dataset: { key: "guard-all" }, onclick: () => act({ guard: "all" }) },
            say("safeguards.panel.confirm", { n: waiting }))
        : null),
    ...powers.map((power) => powerLine(power, shown, act)),
    standLegend(false, el("span", { class: "dotted-key" }, say("safeguards.panel.dotted"))),
    ...byConcern(rows, shown, act),
    further.length
      ? el("details", { class: "guard-further", open: host.unfolded, ontoggle: (event) => (host.unfolded = event.target.open) },
          el("summary", { dataset: { key: "guard-further" } }, say("safeguards.panel.further", { n: further.length })),
          ...byConcern(further, shown, act))
      : null,
  ].filter(Boolean)));
}

/** A power with the words that grant it, or as one that the reviewer rejected. */
function powerLine(power, shown, act) {
  const name = say(`safeguards.one.${power.group}`, { name: power.name });
  const [label, what] = power.rejected ? ["bring_back", "restore"] : ["no_power", "reject"];
  return el("p", { class: `guard-power${power.rejected ? " rejected" : ""}`, dataset: { power: power.id } },
    el("b", {}, power.rejected ? el("s", {}, name) : name), " ",
    power.rejected ? el("span", { class: "aside" }, say("safeguards.panel.is_rejected")) : el("bdi", { class: "guard-words", lang: shown.lang, dir: shown.dir }, `“${power.quote}”`),
    " ", el("button", { class: "plain", "aria-label": say(`safeguards.panel.${label}_of`, { name: power.name }), dataset: { key: `guard-${what}-${power.id}` }, onclick: () => act({ guard: what, power }) }, say(`safeguards.panel.${label}`)));
}

/** How a safeguard stands for each power of the clause, where they differ. */
function eachPower(byPower) {
  return byPower
    ? el("ul", { class: "guard-each" }, ...byPower.map((one) => el("li", {}, `${one.name}${say("shell.colon")}`, standSign(one.state), standName(one.state))))
    : null;
}

function byConcern(rows, shown, act) {
  const groups = new Map();
  for (const row of rows) groups.set(row.concern, [...(groups.get(row.concern) ?? []), row]);
  return [...groups].map(([concern, list]) => el("section", { class: `guard-group slot-${list[0].slot}`, "aria-label": say("safeguards.panel.title_of", { concern: concern || say("safeguards.panel.other") }) },
    concern ? el("h5", {}, concern) : null,
    el("ul", {}, ...list.map((row) => guardRow(row, shown, act)))));
}

function guardRow(row, shown, act) {
  const here = row.id === shown.at;
  const said = row.own ? standName(row.own.state) : row.state ? say("safeguards.panel.proposed", { state: standName(row.state) }) : say("safeguards.panel.no_proposal");
  return el("li", { class: `guard${here ? " here" : ""}`, dataset: { safeguard: row.id, state: row.own?.state ?? "", proposed: row.state ?? "", saved: row.own?.saved ?? "" } },
    el("button", {
      class: "guard-name",
      "aria-expanded": String(here),
      "aria-label": `${row.name}, ${said}`,
      title: row.definition || null,
      dataset: { key: `guard-${row.id}` },
      onclick: () => act({ guard: "choose", id: here ? null : row.id }),
    }, row.name, row.own?.older ? el("span", { class: "older-guard", title: say("older.assessed.region") }, icon("warn")) : null),
    row.evidence.length ? goButton(row.evidence[0], row, act, row.evidence.length > 1 ? ` +${row.evidence.length - 1}` : "") : el("span", {}),
    el("span", { class: "stands", role: "group", "aria-label": row.name }, ...STANDS.map(([state]) => {
      const name = standName(state);
      const own = row.own?.state === state;
      const proposed = row.state === state;
      const meaning = row.recognise[state];
      return el("button", {
        class: `stand ${state}${own ? " own" : proposed ? " proposed" : ""}`,
        "aria-pressed": String(own),
        "aria-label": `${row.name}: ${proposed ? say("safeguards.table.as_proposed", { state: name }) : name}`,
        title: meaning ? `${name}: ${meaning}` : name,
        tabindex: here ? "0" : "-1",
        dataset: { key: `stand-${row.id}-${state}` },
        onclick: () => act(own ? { guard: "leave", id: row.id } : { guard: "set", id: row.id, state }),
      }, standSign(state), el("span", { class: "stand-word" }, name));
    })),
    eachPower(row.byPower),
    here ? guardDetail(row, shown, act) : null);
}

function goButton(one, row, act, more = "") {
  return el("button", { class: "guard-go plain", title: `“${one.quote}”`, "aria-label": say("safeguards.panel.evidence", { citation: one.citation, name: row.name }), dataset: { key: `go-${row.id}-${one.eid}-${one.start}${more}` }, onclick: () => act({ guard: "go", to: one }) },
    el("bdi", { dir: "ltr" }, one.citation), more);
}

function guardDetail(row, shown, act) {
  return el("div", { class: "guard-detail" },
    olderWords(row.own?.older, `guard-${row.id}`, "assessed", () => act({ guard: "set", id: row.id, state: row.own.state })),
    row.own && row.state && row.own.state !== row.state ? el("p", { class: "aside" }, say("safeguards.table.proposed", { state: standName(row.state) })) : null,
    row.reason ? el("p", { dir: "auto" }, row.reason) : null,
    ...row.evidence.map((one) => el("p", { class: "guard-evidence" }, goButton(one, row, act), " ",
      el("q", { lang: shown.lang, dir: shown.dir }, one.quote))),
    row.standards.length ? el("p", { class: "aside" }, row.standards.join(" · ")) : null,
    row.own
      ? el("div", { class: "guard-own" },
          el("input", {
            type: "text", class: "mark-note", "aria-label": say("safeguards.panel.note", { name: row.name }), placeholder: say("safeguards.panel.note_hint"),
            value: row.own.note ?? "", dataset: { key: `guard-note-${row.id}` },
            onblur: (event) => act({ guard: "note", id: row.id, note: event.target.value }),
          }),
          el("button", { class: "small", dataset: { key: `guard-leave-${row.id}` }, onclick: () => act({ guard: "leave", id: row.id }) }, say("safeguards.table.take_back"), cap("X")))
      : row.state
        ? el("button", { class: "small", dataset: { key: `guard-confirm-${row.id}` }, onclick: () => act({ guard: "set", id: row.id, state: row.state }) }, say(`safeguards.table.confirm.${row.state}`), keyCap("Enter"))
        : null);
}
