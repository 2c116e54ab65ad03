/* Questions to the server by which nothing is stored: through the door, or by a trigger where there is none. */
import { uuid } from "./dom.js";

export class Inquiring {
  constructor(desk) {
    this.desk = desk;
    this.waiting = new Map();
  }

  /** The answer; `null` where none came. */
  async about(question) {
    const { data, outbox } = this.desk;
    const asked = { document: data.document.id, reviewer: data.reviewer.id, ...question };
    if (data.door) {
      const headers = { "Content-Type": "application/json", "X-Annotator-Key": data.door.key };
      const response = await fetch(data.door.look, { method: "POST", headers, body: JSON.stringify(asked) }).catch(() => null);
      return response?.ok ? response.json() : null;
    }
    const nonce = uuid();
    return new Promise((answered) => {
      this.waiting.set(nonce, answered);
      outbox.send([{ type: "ask", nonce, ...asked }]);
    });
  }

  /** What a run of the page brought. */
  heard(told) {
    for (const [nonce, answer] of Object.entries(told ?? {})) {
      this.waiting.get(nonce)?.(answer);
      this.waiting.delete(nonce);
    }
  }
}
