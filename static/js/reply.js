// The reply form shows only the fields of the answer chosen; without script it shows them all.
"use strict";
(function () {
  const kinds = document.querySelectorAll('input[name="kind"]');
  const groups = document.querySelectorAll("[data-for]");
  function show() {
    const chosen = Array.from(kinds).find((one) => one.checked)?.value;
    groups.forEach((group) => { group.hidden = !group.dataset.for.split(" ").includes(chosen); });
  }
  kinds.forEach((one) => one.addEventListener("change", show));
  show();
})();
