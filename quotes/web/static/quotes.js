// What the page does beyond links and forms: everything here also works without it, by loading.
"use strict";

(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const margin = $("#detail");
  const reading = $("[data-reading]");
  let current = null; // the quotation that keys act on
  let asked = 0;

  const say = (words) => {
    const line = $("#said");
    line.textContent = words;
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { line.textContent = ""; }, 4000);
  };

  // The server's HTML is put in as it is: it escapes every text, and the policy runs no script in it.
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

  async function get(address, options = {}) {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "error", ...options });
    const page = parsed(await answer.text());
    if (!answer.ok) throw new Error($("#error", page)?.textContent || "That did not work.");
    return page;
  }

  // A source: show the quotation in the margin, mark its content, cue and source in the text.

  function mark(id) {
    for (const one of $$("a.q.on, .is-cue, .is-source", reading)) one.classList.remove("on", "is-cue", "is-source");
    if (!id) return;
    for (const one of $$(`[data-q~="${id}"]`, reading)) one.classList.add("on");
    for (const one of $$(`[data-cue~="${id}"]`, reading)) one.classList.add("is-cue");
    for (const one of $$(`[data-source~="${id}"]`, reading)) one.classList.add("is-source");
  }

  async function show(id) {
    // A focus that came before a click must not show its own quotation behind it.
    clearTimeout(show.timer);
    if (!reading || (current === id && $(`[data-panel="${id}"]`, margin))) return;
    current = id;
    const turn = ++asked;
    mark(id);
    try {
      const page = await get(`/quotations/${id}/panel`);
      if (turn !== asked) return;
      margin.replaceChildren(...page.body.childNodes);
      margin.scrollTop = 0;
      reading.classList.add("with-detail");
      history.replaceState(null, "", `?q=${id}#${id}`);
      say($("h2", margin).textContent.trim().replace(/\s+/g, " "));
    } catch (error) { say(error.message); }
  }

  function close() {
    const was = current;
    current = null;
    asked++;
    mark(null);
    reading.classList.remove("with-detail");
    margin.replaceChildren();
    history.replaceState(null, "", margin.dataset.close || location.pathname);
    if (was) document.getElementById(was)?.focus();
  }

  // Forms that decide: send them without leaving, and put the answer in their place.

  async function send(form, button) {
    // Not `form.action`, which is the buttons of that name.
    const part = form.dataset.part;
    const fields = new URLSearchParams(new FormData(form));
    if (button) fields.set("action", button.value);
    try {
      const page = await get(form.getAttribute("action"), { method: "POST", body: fields, headers: { "X-Quotes-Part": part } });
      const old = form.closest(part === "card" ? ".card" : ".panel");
      const back = form.elements.back?.value;
      const fresh = page.body.firstElementChild;
      const id = fresh.dataset.panel || fresh.dataset.item;
      old.replaceWith(fresh);
      if (back && fresh.matches(".card")) $("[name=back]", fresh).value = back;
      const badge = $(".badge", fresh);
      for (const one of $$(`a.q[data-q~="${id}"]`)) {
        one.classList.remove("machine", "confirmed", "rejected", "corrected");
        one.classList.add(badge ? badge.textContent : "machine");
      }
      if (fresh.matches(".card")) fresh.focus({ preventScroll: true });
      say(badge ? badge.textContent : "as the machine found it");
    } catch (error) { say(error.message); }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.part) return;
    event.preventDefault();
    send(form, event.submitter);
  });

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a");
    const shown = link && reading && (link.dataset.shows || (link.matches("a.q") && link.dataset.q.split(" ")[0]));
    if (shown) { event.preventDefault(); show(shown); }
    if (reading && link && "closes" in link.dataset) { event.preventDefault(); close(); }
    if (event.target.closest("[data-keys]")) $("#keys").showModal();
  });

  document.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-item]");
    if (item && !reading) current = item.dataset.item || null;
    if (item && reading && item.matches(":focus-visible")) {
      clearTimeout(show.timer);
      show.timer = setTimeout(() => show(item.id), 120);
    }
  });

  // Keys: they act on the quotation with the focus, and not while somebody writes.

  const items = () => $$("[data-item]").filter((one) => one.offsetParent !== null || one.getClientRects().length);

  function move(step) {
    const all = items();
    if (!all.length) return;
    const at = all.findIndex((one) => one === document.activeElement || (current && (one.id === current || one.dataset.item === current)));
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    next.focus();
    next.scrollIntoView({ block: "center" });
    if (reading) show(next.id);
  }

  const formOf = () => {
    const item = document.activeElement.closest?.(".card, .panel") || (current && document.getElementById(current));
    return (item && $("form.decide", item)) || $("#detail form.decide");
  };

  function act(action) {
    const form = formOf();
    if (!form) { say("To review, choose a quotation, and open the address that quotes serve printed."); return; }
    const button = $(`button[value="${action}"]`, form);
    if (!button || button.disabled) { say(`Nothing to ${action} here.`); return; }
    send(form, button);
  }

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    c: () => act("confirm"),
    r: () => act("reject"),
    u: () => act("undo"),
    s: () => {
      const field = $("#detail [name=speaker]");
      if (!field) return;
      field.closest("details").open = true;
      field.focus();
    },
    e: () => {
      const link = $("#detail [data-edits]");
      if (link) link.click(); else say("To correct the words, choose a quotation of a source first.");
    },
    "/": () => ($("#q") || $("#find")).focus(),
    "?": () => $("#keys").showModal(),
    Enter: null,
    Escape: () => { if (reading && current) close(); },
  };
  const box = $("#keys-on");
  const remember = (value) => { try { localStorage.setItem("keys", value); } catch { /* not kept */ } };
  try { box.checked = localStorage.getItem("keys") !== "off"; } catch { /* as it is */ }
  box.addEventListener("change", () => remember(box.checked ? "on" : "off"));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches("input, textarea, select, [contenteditable]") || $("dialog[open]")) return;
    if (!box.checked && event.key !== "?") return;
    if (event.key === "Enter" && event.target.matches(".card, .match")) { $("a", event.target).click(); return; }
    const does = keys[event.key];
    if (does) { event.preventDefault(); does(); }
  });

  for (const one of $$("[data-keys]")) one.hidden = false;
  if (reading) current = $("[data-panel]", margin)?.dataset.panel || null;
})();
