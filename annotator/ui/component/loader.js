/*
What is sent with every run: a few lines that hand root and data to the views.

Streamlit sends a component's whole code each time its data changes. The views and their styles are
a hundred times larger than a tag, so they come once a page, by a component of their own.
*/
const CODE = Symbol.for("treaty-annotator.code");

export default function ({ parentElement, data, setTriggerValue }) {
  const send = (events) => setTriggerValue("events", Array.isArray(events) ? events : [events]);
  // Styles ask for the view by this: `:has()` would have the browser style all of it anew with every key.
  parentElement.querySelector(".ta-root").dataset.view = data.view;
  if (window[CODE]) return window[CODE].mount(parentElement, data, send);
  let leave = null;
  let gone = false;
  const arrived = () => {
    if (!gone) leave = window[CODE].mount(parentElement, data, send);
  };
  window.addEventListener("treaty-annotator-code", arrived, { once: true });
  return () => {
    gone = true;
    leave?.();
  };
}
