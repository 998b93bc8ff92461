// Does somebody look along? One key, F9, leaves out what is private: at once on this page, then by the server on every page of this session.
// A function key and no letter: it works while one types, and speech input does not press it by accident (WCAG 2.1.4).

const channel = new BroadcastChannel("calm-view");

function hide() {
  document.documentElement.classList.add("hiding");
  document.title = "Rode Draad";
  document.activeElement?.blur(); // what was typed is kept (house.js) before the page goes
}

async function begin() {
  const form = document.getElementById("discreet");
  if (!form) return;
  hide();
  await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
  channel.postMessage("hide");
  location.reload();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "F9" || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  begin();
});
document.addEventListener("submit", (event) => {
  if (event.target.id !== "discreet") return;
  event.preventDefault();
  begin();
});
channel.addEventListener("message", () => {
  hide();
  location.reload();
});
window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload()); // a page kept in memory knows nothing of it
