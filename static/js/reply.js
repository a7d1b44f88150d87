// Forms that show only the fields of what was chosen; without script they show all of them.
// data-for="accept refuse" names the choices a part belongs to, data-by the field («kind» unless said).
"use strict";
(function () {
  function chosen(name) {
    const field = document.querySelector(`input[name="${name}"]:checked, select[name="${name}"]`);
    return field ? field.value : "";
  }
  function show() {
    document.querySelectorAll("[data-for]").forEach((part) => {
      part.hidden = !part.dataset.for.split(" ").includes(chosen(part.dataset.by || "kind"));
    });
  }
  document.addEventListener("change", (event) => { if (event.target.name) show(); });
  // what a browser puts back after «back», and a form that came back with its faults
  window.addEventListener("pageshow", show);
  document.addEventListener("htmx:afterSettle", show);
  show();
})();
