// Does this file come from us? Its SHA-256 is made here, so that the file itself never leaves the browser. Without this script it is uploaded.

const form = document.querySelector("form[data-hashes]");

form?.addEventListener("submit", async (event) => {
  const input = form.elements.namedItem("file"), hash = form.elements.namedItem("sha256"), file = input.files?.[0];
  if (!file || hash.value || !globalThis.crypto?.subtle) return; // a plain upload does the same
  event.preventDefault();
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  hash.value = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  input.disabled = true; // what is disabled is not sent
  form.requestSubmit(event.submitter);
});
form?.addEventListener("change", () => {
  form.elements.namedItem("sha256").value = "";
});
