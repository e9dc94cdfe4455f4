// Choosing words in the text of a source: without this, offsets or the words are typed.
"use strict";

(() => {
  const text = document.querySelector("[data-selectable]");
  const form = document.querySelector("[data-edit]");
  if (!text || !form) return;
  const bar = document.querySelector("[data-take]");
  const picked = document.querySelector("[data-picked]");
  const adds = document.querySelector("[data-adds]");
  const spans = [...text.querySelectorAll("[data-at]")];
  const starts = spans.map((one) => Number(one.dataset.at));
  const roles = ["content", "cue", "source"];
  let chosen = null; // what was selected last: its offsets and words

  // Offsets count code points, the browser's strings UTF-16 units.
  const points = (string) => [...string];

  function ends(span, node, offset, from) {
    // How many characters of a span lie before a place in it.
    if (node === span) return offset ? points(span.textContent).length : 0;
    return span.contains(node) ? points(node.data.slice(0, offset)).length : from;
  }

  function selection() {
    const held = getSelection();
    if (!held.rangeCount || held.isCollapsed || !text.contains(held.anchorNode) || !text.contains(held.focusNode)) return null;
    const range = held.getRangeAt(0);
    let start = null;
    let end = null;
    const words = [];
    for (const span of spans) {
      if (!range.intersectsNode(span)) continue;
      const at = Number(span.dataset.at);
      const letters = points(span.textContent);
      let low = ends(span, range.startContainer, range.startOffset, 0);
      let high = ends(span, range.endContainer, range.endOffset, letters.length);
      if (low >= high) continue;
      words.push(letters.slice(low, high).join(""));
      if (start === null) while (low < high && !letters[low].trim()) low++;
      while (high > low && !letters[high - 1].trim()) high--;
      if (low >= high) continue;
      // What is not shown as it stands is chosen whole.
      const whole = span.dataset.end !== undefined;
      if (start === null) start = whole ? at : at + low;
      end = whole ? Number(span.dataset.end) : at + high;
    }
    return start === null ? null : { start, end, words: words.join(" ").trim().replace(/\s+/g, " ") };
  }

  const cut = (words) => (words.length > 80 ? `${words.slice(0, 79)}…` : words);

  function place(offset) {
    // Where an offset of the source stands in the page.
    let low = 0;
    let high = spans.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (starts[middle] <= offset) low = middle; else high = middle - 1;
    }
    const span = spans[low];
    const node = span.firstChild;
    if (span.dataset.end !== undefined) return [node, offset <= starts[low] ? 0 : node.data.length];
    const before = points(node.data).slice(0, Math.max(0, offset - starts[low])).join("");
    return [node, before.length];
  }

  function ranges(value) {
    // The ranges that a field names by offsets; none where it has words.
    const parts = value.trim().split(/[\s,;]+/).map((one) => /^(\d+)[:-](\d+)$/.exec(one));
    if (!spans.length || !value.trim() || parts.some((one) => !one)) return [];
    // A long text is here in part: what stands in another part is not shown.
    const last = Number(spans.at(-1).dataset.end) || starts.at(-1) + points(spans.at(-1).textContent).length;
    return parts.filter((one) => Number(one[1]) < Number(one[2]) && starts[0] <= Number(one[1]) && Number(one[2]) <= last).map((one) => {
      const range = new Range();
      range.setStart(...place(Number(one[1])));
      range.setEnd(...place(Number(one[2])));
      return range;
    });
  }

  const paints = typeof Highlight === "function" && CSS.highlights;

  function paint() {
    for (const role of roles) {
      const found = ranges(form.elements[role].value);
      if (paints) CSS.highlights.set(role, new Highlight(...found));
      const line = form.querySelector(`[data-words="${role}"]`);
      const value = form.elements[role].value.trim();
      if (found.length || !value) line.textContent = found.map((one) => one.toString().replace(/\s+/g, " ")).join(" … ");
      else line.textContent = "";
    }
  }

  function take(role, add) {
    // The browser tells of a new selection later than the next key may come.
    chosen = selection() || chosen;
    if (!chosen) { tell("Select the words first."); return; }
    const field = form.elements[role];
    const span = `${chosen.start}:${chosen.end}`;
    const held = field.value.trim();
    field.value = add && held && !held.split(/\s+/).includes(span) ? `${held} ${span}` : span;
    paint();
    tell(`${role}: ${cut(chosen.words)}`);
  }

  function tell(words) {
    document.querySelector("#said").textContent = words;
    clearTimeout(tell.timer);
    tell.timer = setTimeout(() => { document.querySelector("#said").textContent = ""; }, 4000);
  }

  // The text takes a caret, so that the arrow keys select in it, and no change.
  text.contentEditable = "true";
  text.spellcheck = false;
  for (const [name, value] of Object.entries({ role: "textbox", "aria-multiline": "true", "aria-readonly": "true", "aria-label": "Text of the source", "aria-describedby": "how", inputmode: "none" })) text.setAttribute(name, value);
  for (const name of ["beforeinput", "paste", "cut", "drop", "dragstart"]) text.addEventListener(name, (event) => event.preventDefault());
  text.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const role = { c: "content", u: "cue", s: "source" }[event.key.toLowerCase()];
    if (!role) return;
    event.preventDefault();
    take(role, event.shiftKey);
  });

  document.addEventListener("selectionchange", () => {
    const found = selection();
    if (!found) return;
    chosen = found;
    picked.textContent = `“${cut(found.words)}”`;
  });
  // The bar must not take the selection away before it is used.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const role = event.target.dataset.takes;
    if (role) take(role, adds.checked);
  });
  form.addEventListener("input", (event) => { if (roles.includes(event.target.name)) paint(); });

  if (paints) for (const one of text.querySelectorAll(".is-content, .is-cue, .is-source")) one.classList.remove("is-content", "is-cue", "is-source");
  for (const one of document.querySelectorAll("[data-scripted]")) one.hidden = false;
  bar.hidden = false;
  text.querySelector(".is-content")?.scrollIntoView({ block: "center" });
  const first = ranges(form.elements.content.value)[0];
  first?.startContainer.parentElement.scrollIntoView({ block: "center" });
  paint();
})();
