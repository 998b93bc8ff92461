// How do three screens at one table stay the same? What one puts down appears on the others; what somebody is typing is never touched.
// A form sends only its own block, so that words in another block stay. Without this module each form is a plain post.

const EVERY = 3_000; // milliseconds
const table = document.querySelector("[data-in-step]");
const stood = new WeakMap(); // block -> the words that stood in its form when it was drawn

const blocks = () => [...table.querySelectorAll("[data-block]")];
const words = (block) => {
  const form = block.querySelector("form");
  return form ? new URLSearchParams(new FormData(form)).toString() : "";
};
const typed = (block) => words(block) !== stood.get(block);
const busy = (block) => typed(block) || block.contains(document.activeElement?.closest("textarea, input:not([type=radio], [type=checkbox])"));

function drawn(block) {
  stood.set(block, words(block));
}

/** Put the block of the same name from a whole page in the place of this one. */
function redraw(block, page, { kept = true } = {}) {
  const fresh = page.getElementById(block.id);
  if (!fresh) return null;
  block.replaceWith(fresh);
  window.htmx?.process(fresh);
  if (kept) drawn(fresh); // what came back with an error is still somebody's typing
  return fresh;
}

/** Below the table: what has no outcome yet, and whether a text can be put forward. */
function onwards(page) {
  const stands = document.getElementById("onwards");
  const fresh = page.getElementById("onwards");
  if (stands && fresh && stands.textContent !== fresh.textContent) stands.replaceWith(fresh);
}

const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

async function look() {
  const answer = await fetch(table.dataset.inStep).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const now = await answer.json();
  if (now.stage !== table.dataset.stage) {
    if (blocks().some(typed)) table.querySelector("[data-turned]").hidden = false;
    else location.reload();
    return;
  }
  const changed = blocks().filter((block) => String(now.blocks[block.id] ?? 0) !== block.dataset.version);
  if (changed.length) await show(changed);
}

async function show(changed) {
  const answer = await fetch(location.pathname).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = await parsed(answer);
  for (const block of changed) {
    if (busy(block)) block.querySelector("[data-changed]").hidden = false;
    else redraw(block, page);
  }
  onwards(page);
  const said = table.querySelector("[data-said]");
  said.textContent = said.dataset.said;
}

/** Send one block. Anything but a yes or a form that comes back goes the plain way: both texts side by side, or the page for who was logged out. */
async function send(form, block) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  const page = answer && (answer.ok || answer.status === 422) && (await parsed(answer));
  const fresh = page && redraw(block, page, { kept: answer.ok });
  if (fresh) {
    onwards(page);
    (fresh.querySelector(".error-summary") ?? fresh.querySelector("button"))?.focus();
    return;
  }
  if (blocks().some((other) => other !== block && typed(other))) form.target = "_blank";
  form.submit();
}

if (table) {
  blocks().forEach(drawn);
  table.addEventListener("submit", (event) => {
    const block = event.target.closest("[data-block]");
    if (!block) return;
    event.preventDefault();
    send(event.target, block);
  });
  setInterval(() => document.hidden || look(), EVERY);
}
