// What does a page do by itself? It keeps what is typed, says so, and moves the focus. The rest is plain HTML and htmx.
// Nothing is stored in the browser. The words come from the server (templates/components/keeping.html).

const AFTER_TYPING = 800, AT_LEAST = 5_000, FIRST_WAIT = 2_000, LAST_WAIT = 8_000, NO_ANSWER = 15_000; // milliseconds
const LEAVES_WITH = 60_000; // characters: more than that a browser does not send for a page that is gone
const words = document.getElementById("keeping")?.dataset ?? {};
const keepers = new Map();

function say(status, text, { icon = "check", failed = false, quiet = false, link = null } = {}) {
  status.setAttribute("aria-live", quiet ? "off" : "polite"); // a screen reader hears the first save and every failure, not each minute
  status.classList.toggle("saved--fail", failed);
  status.querySelector("use").setAttribute("href", `#i-${icon}`);
  const line = status.querySelector("span");
  line.textContent = text;
  if (!link) return;
  const anchor = Object.assign(document.createElement("a"), { href: link.url, textContent: link.text, target: "_blank", rel: "noopener" });
  line.append(" ", anchor);
}

function tell(text, link = null) {
  const status = document.getElementById("keeping").content.querySelector(".saved").cloneNode(true);
  document.getElementById("house-status").replaceChildren(status);
  say(status, text, { icon: "alert", failed: true, link });
}

/** An answer, or an error when the server stays silent. */
async function ask(url, options) {
  const given = new AbortController(), patience = setTimeout(() => given.abort(), NO_ANSWER);
  return fetch(url, { ...options, redirect: "manual", signal: given.signal }).finally(() => clearTimeout(patience));
}

class Keeper {
  constructor(form) {
    Object.assign(this, { form, unsaved: false, busy: false, stuck: false, failing: false, said: false, wait: FIRST_WAIT });
  }

  get status() {
    const own = this.form.querySelector("[data-saved]");
    if (own) return own;
    const status = document.getElementById("keeping").content.querySelector(".saved").cloneNode(true);
    this.form.append(status);
    return status;
  }

  get alive() {
    return this.form.isConnected && !this.stuck;
  }

  typed() {
    this.unsaved = this.fresh = true;
    clearTimeout(this.soon);
    if (this.failing) return; // the retry takes this along
    this.soon = setTimeout(() => this.keep(), AFTER_TYPING);
    this.latest ??= setTimeout(() => this.keep(), AT_LEAST);
  }

  rest() {
    clearTimeout(this.soon);
    clearTimeout(this.latest);
    this.latest = undefined;
  }

  posted() {
    this.rest();
    clearTimeout(this.again);
    Object.assign(this, { unsaved: false, fresh: false });
  }

  body() {
    const turn = this.form.elements.namedItem("turn");
    if (turn) turn.value = String(Number(turn.value) + 1);
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string") body.append(name, value);
    return body;
  }

  async keep({ leaving = false } = {}) {
    if (!this.alive || !this.unsaved || (this.busy && !leaving)) return;
    this.rest();
    this.fresh = false;
    this.busy = true;
    if (!leaving && !this.failing) say(this.status, words.busy, { icon: "swap", quiet: true });
    await (this.flight = this.send(leaving));
    this.busy = false;
    if (this.fresh && !this.failing) this.typed();
  }

  async send(leaving) {
    const headers = { "X-Keep": "1", "X-Person": document.body.dataset.person ?? "", Accept: "application/json" }, body = this.body();
    const action = this.form.getAttribute("action") || location.href; // form.action may be a field of that name
    const keepalive = leaving && body.toString().length < LEAVES_WITH;
    try {
      await this.answered(await ask(action, { method: "POST", body, headers, keepalive }));
    } catch {
      this.failed();
    }
  }

  async answered(response) {
    if (response.status === 200) return this.heard(await response.json().catch(() => ({})));
    if ([401, 403].includes(response.status) || response.type === "opaqueredirect") return this.ended();
    if (response.status === 409) return this.twice(await response.json().catch(() => ({})));
    if (response.status >= 500 || response.status === 429) return this.failed();
    return this.refused();
  }

  heard({ saved, turn, again }) {
    const own = this.form.elements.namedItem("turn"), latest = Number(own?.value);
    if (again) return this.anew(again);
    if (!saved) return this.refused();
    if (turn > latest) own.value = String(turn); // a page that came back from before it was left
    this.fresh ||= Boolean(turn) && turn !== latest; // what counted was not the latest of this page
    this.saved(saved);
  }

  /** The form was posted already: what is typed since then goes on under another key. */
  anew(key) {
    if (!this.unsaved) return;
    this.form.elements.namedItem("key").value = key;
    this.form.elements.namedItem("turn").value = "0";
    this.fresh = true;
  }

  refused() {
    this.stuck = true;
    say(this.status, words.refused, { icon: "alert", failed: true });
  }

  saved(saved) {
    this.unsaved = Boolean(this.fresh);
    Object.assign(this, { failing: false, out: false, wait: FIRST_WAIT });
    say(this.status, saved, { quiet: this.said });
    this.said = true;
  }

  failed() {
    if (!this.failing || this.out) say(this.status, words.failed, { icon: "alert", failed: true });
    this.out = false;
    this.retry(() => this.keep());
  }

  twice({ url = "", text = "", link = words.both }) {
    this.stuck = true;
    say(this.status, text || words.twice, { icon: "alert", failed: true, link: url ? { url, text: link } : null });
  }

  ended() {
    say(this.status, words.ended, { icon: "lock", failed: true, link: { url: words.login, text: words.logIn } });
    this.out = true;
    this.retry(() => this.stillHere());
  }

  retry(act) {
    Object.assign(this, { failing: true, said: false, act });
    clearTimeout(this.again);
    this.again = setTimeout(() => this.wake(), this.wait);
    this.wait = Math.min(this.wait * 2, LAST_WAIT);
  }

  wake() {
    clearTimeout(this.again);
    if (this.failing && this.alive) this.act();
  }

  /** Send the form itself, but keep what is typed first: a browser that finds no server shows an empty page of its own. */
  async submit(button) {
    if (this.sending) return;
    this.sending = true;
    await this.flight;
    do await (this.failing ? this.act() : this.keep());
    while (this.fresh && !this.failing && !this.stuck);
    this.sending = false;
    if (!this.unsaved || this.stuck) return this.form.requestSubmit(button);
    this.out ? tell(words.ended, { url: words.login, text: words.logIn }) : tell(words.unsent);
  }

  async stillHere() {
    const response = await ask(words.stillHere, { cache: "no-store" }).catch(() => null);
    const token = response?.status === 204 ? response.headers.get("X-CSRF-Token") : null;
    if (!token) return this.retry(() => this.stillHere());
    const person = response.headers.get("X-Person");
    if (person && document.body.dataset.person && person !== document.body.dataset.person) {
      this.stuck = this.other = true;
      return say(this.status, words.other, { icon: "alert", failed: true });
    }
    renew(token);
    return this.keep();
  }
}

function renew(token) {
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
  document.body.setAttribute("hx-headers:inherited", JSON.stringify({ "x-csrftoken": token }));
}

function keeperOf(form) {
  if (!form?.matches?.("form[data-keeps]")) return null;
  if (!keepers.has(form)) keepers.set(form, new Keeper(form));
  return keepers.get(form);
}

function all(act) {
  for (const [form, keeper] of keepers) form.isConnected ? act(keeper) : keepers.delete(form);
}

for (const event of ["input", "change"]) {
  document.addEventListener(event, ({ target }) => {
    keeperOf(target.form)?.typed();
    const field = target.closest(".field--error"); // an error goes when its field changes
    field?.querySelectorAll(".field__error").forEach((line) => line.remove());
    field?.classList.remove("field--error");
  });
}
document.addEventListener("focusout", ({ target }) => {
  const keeper = keeperOf(target.form);
  if (!keeper?.failing) keeper?.keep();
});
document.addEventListener("submit", (event) => {
  const keeper = keeperOf(event.target);
  if (keeper?.other) return event.preventDefault(), tell(words.other); // neither by a button
  if (!keeper || keeper.stuck) return; // stuck: the browser asks before it leaves
  if (event.defaultPrevented || !(keeper.unsaved || keeper.sending)) return setTimeout(() => keeper.posted()); // htmx sends it, or all is kept
  event.preventDefault();
  keeper.submit(event.submitter);
});
document.addEventListener("htmx:before:swap", ({ detail }) => keeperOf(detail.ctx?.sourceElement?.form)?.typed()); // what was swapped is kept too
document.addEventListener("htmx:before:swap", (event) => { // what is on its way goes as it stood when the button was pressed
  if (keeperOf(event.detail.ctx?.sourceElement?.closest("form"))?.sending) event.preventDefault();
});
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && all((keeper) => keeper.keep({ leaving: true })));
window.addEventListener("pagehide", () => all((keeper) => keeper.keep({ leaving: true })));
for (const event of ["online", "focus"]) window.addEventListener(event, () => all((keeper) => keeper.wake()));
window.addEventListener("beforeunload", (event) => {
  all((keeper) => keeper.unsaved && (keeper.fresh || keeper.failing || keeper.stuck) && event.preventDefault());
});

function primary(form) {
  const usual = [...form.querySelectorAll("button.button:not([type=button], .button--quiet, .button--text)")];
  return form.querySelector("[data-primary]") ?? usual.at(-1) ?? form.querySelector("button:not([type=button])");
}

function addRow(button) {
  const rows = button.closest("[data-rows]"), list = rows.querySelector("ul, ol"), row = rows.querySelector("template");
  list.insertAdjacentHTML("beforeend", row.innerHTML.replaceAll("__n__", String(list.children.length)));
  window.htmx?.process(list.lastElementChild);
  list.lastElementChild.querySelector("input, textarea, select")?.focus();
}

document.addEventListener("keydown", (event) => {
  const form = event.target.form;
  if (event.key === "Escape") event.target.closest("details.topbar__role[open]")?.removeAttribute("open");
  if (event.key !== "Enter" || !form || event.isComposing) return;
  if (event.ctrlKey || event.metaKey) {
    const button = primary(form);
    if (!button || button.disabled) return;
    event.preventDefault();
    form.requestSubmit(button);
  } else if (event.target.matches("[data-rows] input")) {
    event.preventDefault();
    addRow(event.target.closest("[data-rows]").querySelector("[data-add-row]"));
  }
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows] [data-add-row]");
  if (button?.closest("[data-rows]").querySelector("template")) {
    event.preventDefault();
    addRow(button);
  }
  for (const menu of document.querySelectorAll("details.topbar__role[open]")) if (!menu.contains(event.target)) menu.open = false;
});

function toErrors() {
  const summary = document.querySelector(":is(.error-summary, [data-arrived]):not([data-met])"); // once: other swaps leave the focus where it is
  summary?.setAttribute("data-met", "");
  summary?.focus();
}
document.addEventListener("htmx:after:swap", toErrors);
toErrors();

// A list that is narrowed while one types says so in its address: it can be kept, sent to a colleague and come back to.
document.addEventListener("htmx:after:swap", ({ target, detail }) => {
  const { sourceElement: form, request } = detail.ctx ?? {};
  if (form?.matches("form[data-pinned]")) history.replaceState(null, "", request.action);
});

function notDone({ target, detail }) {
  const status = detail.ctx?.response?.status;
  const ticks = target.closest?.("form[data-tick]");
  ticks?.querySelectorAll("input[type=checkbox]").forEach((box) => (box.checked = !box.checked));
  if (ticks && status === 409 && detail.ctx.text) tell(detail.ctx.text); // the sentence of a refusal
  if (status === 401) tell(words.ended, { url: words.login, text: words.logIn });
  else if (status !== 422 && status !== 409) tell(status ? words.notDone : words.failed);
  const keeper = keeperOf(target.closest?.("form"));
  if (keeper && status !== 422 && status !== 409) keeper.typed(); // the post did not arrive: keep on keeping
}
document.addEventListener("htmx:response:error", notDone);
document.addEventListener("htmx:error", notDone);

const ends = Date.parse(document.body.dataset.sessionEnds ?? "");
const warnAt = ends - Date.now() - 5 * 60_000;
if (warnAt > 0 && warnAt < 2 ** 31) {
  setTimeout(() => {
    all((keeper) => keeper.keep());
    document.getElementById("house-status").append(document.getElementById("ending").content.cloneNode(true));
  }, warnAt);
}
