"use strict";
const frame = document.querySelector("iframe");
const state = document.querySelector("#state");
let where = 0;
frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, where));
const events = new EventSource("/changes?has=" + document.body.dataset.version);
events.onmessage = (event) => {
  if (frame.contentWindow.location.pathname === "/page") where = frame.contentWindow.scrollY;
  frame.src = "/page";
  state.textContent = event.data === "0" ? "Reloaded: the file has changed." : "The file has changed and has faults: " + event.data + ".";
};
events.onerror = () => { state.textContent = "No connection: is missions serve still running?"; };
events.onopen = () => { if (state.textContent.startsWith("No connection")) state.textContent = "Following the file."; };
