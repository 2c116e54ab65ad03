/* What Streamlit calls: once when the component appears and again, in place, with new data. */
import { mountCompare } from "./compare.js";
import { mountOutline } from "./outline.js";
import { mountReview } from "./review.js";

const VIEWS = { review: mountReview, outline: mountOutline, compare: mountCompare };

export default function ({ parentElement, data, setTriggerValue }) {
  const send = (events) => setTriggerValue("events", Array.isArray(events) ? events : [events]);
  return VIEWS[data.view](parentElement, data, send);
}
