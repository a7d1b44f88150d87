// Forms that show only the fields of what was chosen; without script they show all of them.
// data-for="accept refuse" names the choices a part belongs to, data-by the field («kind» unless said).
"use strict";
(function () {
  const parts = Array.from(document.querySelectorAll("[data-for]"));
  const fields = new Set(parts.map((part) => part.dataset.by || "kind"));
  function chosen(name) {
    const field = document.querySelector(`input[name="${name}"]:checked, select[name="${name}"]`);
    return field ? field.value : "";
  }
  function show() {
    parts.forEach((part) => { part.hidden = !part.dataset.for.split(" ").includes(chosen(part.dataset.by || "kind")); });
  }
  fields.forEach((name) => {
    document.querySelectorAll(`[name="${name}"]`).forEach((one) => one.addEventListener("change", show));
  });
  // what a browser puts back after «back» is shown as it stands
  window.addEventListener("pageshow", show);
  show();
})();
