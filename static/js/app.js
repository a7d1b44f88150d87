// What the pages do better with script; every page works without it.
"use strict";
(function () {
  const root = document.documentElement;
  root.classList.add("has-js");
  const each = (within, selector, act) => within.querySelectorAll(selector).forEach(act);

  // Focus goes to what went wrong, or to what the answer says is new.
  function attend(within) {
    const faults = within.matches?.(".y-errs, [data-focus]") ? within : within.querySelector(".y-errs, [data-focus]");
    if (faults) faults.focus();
    return Boolean(faults);
  }
  // Cards that a phone shows folded stand open at a desk, where they may be folded by hand.
  function unfold() {
    if (!window.matchMedia("(min-width: 768px)").matches) return;
    each(document, ".y-group > details", (one) => { one.open = true; one.dataset.folds = ""; });
  }
  document.addEventListener("DOMContentLoaded", () => { unfold(); attend(document.body); count(); });
  document.addEventListener("htmx:afterSettle", (event) => {
    const fresh = event.detail.elt;
    count();
    if (attend(fresh) || document.activeElement !== document.body || event.detail.requestConfig?.triggeringEvent?.type === "load") return;
    if (event.detail.requestConfig?.verb === "get") return;
    if (!fresh.hasAttribute("tabindex")) fresh.setAttribute("tabindex", "-1");
    fresh.focus({ preventScroll: true });
  });

  // Grave acts ask first. The words are on the form or the button: data-confirm, data-confirm-act.
  function ask(asker, go) {
    const box = document.getElementById("confirm");
    if (!box || !box.showModal) { if (window.confirm(asker.dataset.confirm)) go(); return; }
    box.querySelector(".y-dialog__text").textContent = asker.dataset.confirm;
    const yes = box.querySelector("[value=yes]");
    yes.dataset.words = yes.dataset.words || yes.textContent;
    yes.textContent = asker.dataset.confirmAct || yes.dataset.words;
    box.returnValue = "no";
    box.onclose = () => { if (box.returnValue === "yes") go(); };
    box.showModal();
  }
  document.addEventListener("htmx:confirm", (event) => {
    const asker = event.detail.elt.closest("[data-confirm]");
    if (!asker) return;
    event.preventDefault();
    ask(asker, () => event.detail.issueRequest(true));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    const asker = button?.matches("[data-confirm]") ? button : form.matches("[data-confirm]") ? form : null;
    const sent = form.matches("[hx-post], [hx-put], [hx-delete], [hx-get]");
    if (asker && !sent && !form.dataset.sure) {
      event.preventDefault();
      ask(asker, () => {
        form.dataset.sure = "1";
        if (form.requestSubmit) form.requestSubmit(button || undefined); else form.submit();
      });
      return;
    }
    if (event.defaultPrevented || sent || form.method !== "post") return;
    if (form.dataset.busy) { event.preventDefault(); return; }   // a second click sends nothing
    form.dataset.busy = "1";
    each(form, "button:not([type=button])", (one) => one.classList.add("is-busy"));
    if ("download" in form.dataset) setTimeout(rest, 4000, form);   // a file comes, and the page stays
  });
  function rest(form) {
    delete form.dataset.busy; delete form.dataset.sure;
    each(form, ".is-busy", (one) => one.classList.remove("is-busy"));
  }
  window.addEventListener("pageshow", () => each(document, "form", rest));
  for (const [name, busy] of [["htmx:beforeRequest", true], ["htmx:afterRequest", false]]) {
    document.addEventListener(name, (event) => {
      if (!event.detail.elt.matches("form")) return;
      each(event.detail.elt, "button:not([type=button])", (one) => { one.disabled = busy; one.classList.toggle("is-busy", busy); });
    });
  }

  // Rows picked for an act on many.
  function count() {
    each(document, "[data-bulk]", (bar) => {
      const scope = bar.closest("form") || document;
      let picked = 0;
      const boxes = scope.querySelectorAll("[data-pick]");
      boxes.forEach((box) => { picked += box.checked; box.closest("tr")?.classList.toggle("is-picked", box.checked); });
      bar.classList.toggle("is-on", picked > 0);
      each(bar, "[data-picked-count]", (one) => { one.textContent = picked; });
      each(scope, "[data-pick-all]", (all) => { all.checked = picked > 0 && picked === boxes.length; all.indeterminate = picked > 0 && picked < boxes.length; });
    });
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-all]")) each(event.target.closest("form") || document, "[data-pick]", (box) => { box.checked = event.target.checked; });
    if (event.target.matches("[data-pick], [data-pick-all]")) count();
    if (event.target.matches("[data-go]")) event.target.form.submit();
  });

  document.addEventListener("click", (event) => {
    const at = event.target.closest("[data-copy], [data-shut], [data-pick-none], [data-print]");
    each(document, "details.y-me[open]", (menu) => { if (!menu.contains(event.target)) menu.open = false; });
    if (!at) return;
    if (at.matches("[data-shut]")) at.closest(".y-note").remove();
    if (at.matches("[data-print]")) window.print();
    if (at.matches("[data-pick-none]")) { each(at.closest("form") || document, "[data-pick]", (box) => { box.checked = false; }); count(); }
    if (at.matches("[data-copy]")) navigator.clipboard?.writeText(at.dataset.copy).then(() => { at.lastElementChild.textContent = at.dataset.done; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    each(document, "details.y-me[open]", (menu) => { menu.open = false; menu.firstElementChild.focus(); });
    if (document.querySelector(".y-nav:target, .y-drawer:target")) window.location.hash = "#main";
  });
})();
