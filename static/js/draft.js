// A form that survives a lost line and an expired session: what is typed stays in this browser until it is sent.
// data-draft="visit-7" names the form, data-person whose it is; fields marked data-private are never kept.
// A page opened at #done=visit-7 ends that draft. Pictures are made small before they travel (data-scale).
"use strict";
(function () {
  const LARGEST = 1600, QUALITY = 0.8, KEPT_DAYS = 14;
  const key = (form) => `yaoyue:draft:${form.dataset.person}:${form.dataset.draft}`;
  const store = (() => { try { const s = window.localStorage; s.setItem("yaoyue:t", "1"); s.removeItem("yaoyue:t"); return s; } catch { return null; } })();
  if (!store) return;
  const fields = (form) => Array.from(form.elements).filter((one) => one.name && !["file", "hidden", "submit", "button"].includes(one.type) && !one.closest("[data-private]"));

  function keep(form) {
    const typed = {};
    fields(form).forEach((one) => {
      if (one.type === "radio") { if (one.checked) typed[one.name] = one.value; }
      else if (one.type === "checkbox" || one.multiple) { typed[one.name] = typed[one.name] || []; if (one.checked) typed[one.name].push(one.value); }
      else typed[one.name] = one.value;
    });
    const at = Date.now();
    store.setItem(key(form), JSON.stringify({ at, path: location.pathname + location.search, title: form.dataset.title || document.title, typed }));
    tell(form, form.dataset.keptWords.replace("{at}", clock(at)));
  }
  function clock(at) { return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }); }
  function tell(form, words, look) {
    const line = document.getElementById("draft-state");
    if (!line) return;
    line.textContent = words;
    line.classList.toggle("is-late", look === "late");
  }
  function read(name) {
    try { return JSON.parse(store.getItem(name)); } catch { return null; }
  }
  function restore(form) {
    const kept = read(key(form));
    if (!kept || document.querySelector(".y-errs")) return;
    let changed = false;
    fields(form).forEach((one) => {
      if (!(one.name in kept.typed)) return;
      const value = kept.typed[one.name];
      if (one.type === "radio") { const on = one.value === value; changed = changed || one.checked !== on; one.checked = on; }
      else if (one.type === "checkbox") { const on = value.includes(one.value); changed = changed || one.checked !== on; one.checked = on; }
      else { changed = changed || one.value !== value; one.value = value; }
    });
    if (changed) { tell(form, form.dataset.restoredWords.replace("{at}", clock(kept.at))); window.dispatchEvent(new Event("pageshow")); }
  }

  async function smaller(file) {
    if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type) || !window.createImageBitmap) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LARGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale); canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
      return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
    } catch { return file; }
  }
  document.addEventListener("change", async (event) => {
    const input = event.target;
    if (!input.matches("input[type=file][data-scale]") || input.dataset.scaled === "busy") return;
    input.dataset.scaled = "busy";
    const bag = new DataTransfer();
    for (const file of Array.from(input.files)) bag.items.add(await smaller(file));
    input.files = bag.files;
    input.dataset.scaled = "done";
  });

  function start() {
    const ended = /^#done=([\w-]+)$/.exec(location.hash);
    const person = document.querySelector("[data-person]")?.dataset.person;
    if (ended && person) {
      store.removeItem(`yaoyue:draft:${person}:${ended[1]}`);
      history.replaceState(null, "", location.pathname + location.search);
    }
    document.querySelectorAll("form[data-draft]").forEach((form) => { if (!form.dataset.watched) { form.dataset.watched = "1"; restore(form); } });
    const list = document.getElementById("drafts");
    if (list && person) {
      const mine = Object.keys(store).filter((name) => name.startsWith(`yaoyue:draft:${person}:`)).map((name) => [name, read(name)]);
      mine.filter(([, kept]) => !kept || Date.now() - kept.at > KEPT_DAYS * 864e5).forEach(([name]) => store.removeItem(name));
      const fresh = mine.filter(([name, kept]) => kept && store.getItem(name) && kept.path.startsWith("/"));
      const rows = list.querySelector("ul");
      rows.replaceChildren(...fresh.map(([, kept]) => {
        const row = document.createElement("li"), link = document.createElement("a"), when = document.createElement("span");
        link.href = kept.path; link.textContent = kept.title;
        when.className = "y-sub"; when.textContent = new Date(kept.at).toLocaleString([], { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
        row.append(link, when);
        return row;
      }));
      list.hidden = fresh.length === 0;
    }
  }
  let wait;
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-draft]");
    if (!form) return;
    clearTimeout(wait);
    wait = setTimeout(() => keep(form), 250);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-keep]");
    if (!button) return;
    keep(button.form);
    location.href = button.dataset.keep;
  });
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.elt.matches("form[data-draft]")) keep(event.detail.elt); });
  document.addEventListener("htmx:sendError", (event) => {
    const form = event.detail.elt.closest("form[data-draft]");
    if (form) { keep(form); tell(form, form.dataset.offlineWords, "late"); document.getElementById("draft-state")?.scrollIntoView({ block: "center" }); }
  });
  document.addEventListener("htmx:afterSettle", start);
  document.addEventListener("DOMContentLoaded", start);
  if (document.readyState !== "loading") start();
})();
