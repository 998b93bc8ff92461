// Does this file come from us? Its SHA-256 is made here and only that is sent: the file never leaves the browser.
// Without this script, or without a secure connection (no crypto.subtle), the page asks for number and code instead.

const form = document.querySelector("form[data-hashes]"), LARGEST = 20 * 1024 * 1024; // bytes; a report is a fraction of it

function setUp() {
  const input = form.querySelector("input[type=file]"), hash = form.elements.namedItem("sha256");
  const [missing, busy] = ["missing", "busy"].map((name) => form.querySelector(`[data-${name}]`));
  const wrong = (is) => { missing.hidden = !is; input.setAttribute("aria-invalid", String(is)); if (is) input.focus(); };

  async function check(file) {
    wrong(!file);
    if (!file || !busy.hidden) return;
    busy.hidden = false;
    // What is larger than any report of ours is not read; its hash is that of nothing.
    const bytes = file.size > LARGEST ? new ArrayBuffer(0) : await file.arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    hash.value = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    form.submit();
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); check(input.files[0]); });
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("drop--over"); });
  form.addEventListener("dragleave", () => form.classList.remove("drop--over"));
  form.addEventListener("drop", (event) => { event.preventDefault(); form.classList.remove("drop--over"); check(event.dataTransfer.files[0]); });
  window.addEventListener("pageshow", () => { busy.hidden = true; hash.value = ""; }); // back from the answer
  form.hidden = false;
  document.querySelector("[data-typing]").hidden = true;
}

if (form && globalThis.crypto?.subtle) setUp();
