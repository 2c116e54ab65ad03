/* Handing decisions in at the door, and keeping the windows of one reviewer of one mind. */
import { compose } from "./compose.js";
import { Queue } from "./queue.js";

const CHANNEL = "treaty-annotator-decided";
// What the server says of these is for the reader; of others the page's own way may know better.
const SPOKEN = [400, 413, 503];

/** Of two states of one sheet the later; an answer may be overtaken on its way. */
export function later(held, data) {
  if (!held || held.key !== data.key || held.reviewer.id !== data.reviewer.id || held.revision <= data.revision) return data;
  const { marks, suggestions, clauses, assessed, rejected, links, refused, before, said, around, linked, revision } = held;
  return { ...data, marks, suggestions, clauses, assessed, rejected, links, refused, before, said, around, linked, revision };
}

/** Asks the door for the sheet of a clause, once the events are stored; `why` says what the server has against it. */
export async function ask(data, events, eid, { holds = data.key, ...options } = {}) {
  const response = await fetch(events.length ? data.door.path : data.door.look, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Annotator-Key": data.door.key },
    body: JSON.stringify({ events, document: data.document.id, reviewer: data.reviewer.id, eid, holds, queue: Queue.named(data) }),
    ...options,
  });
  if (response.ok) return { given: await response.json() };
  return { why: SPOKEN.includes(response.status) ? (await response.json()).error : "" };
}

/** Hands decisions in and draws what is stored then; not `heard` where nobody could take them. */
export async function knock(desk, events, options = {}) {
  const { outbox } = desk;
  const { given, why } = await ask(desk.data, events, desk.here ?? desk.order[0], options);
  if (!given) return { heard: false, why };
  if (outbox.closed || desk.outbox !== outbox) return { heard: true, why: "" };
  const data = compose(given);
  const same = (one) => [one.document.id, one.sheet.eid, one.reviewer.id].join();
  if (data && same(data) === same(desk.data)) desk.data = later(desk.data, { ...data, focus: desk.data.focus });
  desk.take(given);
  desk.render(true);
  if (events.length) desk.windows.tell(given.revision);
  return { heard: true, why: "" };
}

function closeOutage() {
  for (const dialog of document.querySelectorAll("body > [data-testid=stDialog]")) {
    if (/server is not responding|Connection (error|failed)/i.test(dialog.textContent)) dialog.querySelector("button")?.click();
  }
}

/** The other windows in which the same reviewer reads the same text: what is done in one shows in all. */
export class Windows {
  constructor(desk) {
    this.desk = desk;
    this.channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(CHANNEL) : null;
    if (this.channel) this.channel.onmessage = ({ data }) => this.hear(data);
    this.back = () => document.visibilityState === "visible" && this.look();
    window.addEventListener("focus", this.back);
    document.addEventListener("visibilitychange", this.back);
    document.addEventListener("resume", this.back);
    // Streamlit puts a dialog over everything while its server is away. The bar says so already, and
    // whoever reads on need not stop.
    this.outage = new MutationObserver(() => closeOutage());
    this.outage.observe(document.body, { childList: true });
  }

  get place() {
    const { store, document, reviewer } = this.desk.data;
    return [store, document.id, reviewer.id].join();
  }

  /** Something was stored here. */
  tell(revision) {
    this.channel?.postMessage({ place: this.place, revision });
  }

  hear({ place, revision }) {
    const { data } = this.desk;
    if (!data || place !== this.place || revision <= data.revision) return;
    if (document.visibilityState === "visible") this.look();
  }

  /** Asks what is stored by now; one question at a time. */
  async look() {
    const { desk } = this;
    if (!desk.data?.door || this.looking || desk.outbox.passing) return;
    this.looking = true;
    await knock(desk, []).catch(() => null);
    this.looking = false;
  }

  close() {
    this.outage.disconnect();
    this.channel?.close();
    window.removeEventListener("focus", this.back);
    document.removeEventListener("visibilitychange", this.back);
    document.removeEventListener("resume", this.back);
  }
}
