// Finds the reports of many years. What each year says lies in a file beside this page, loaded when somebody begins to search; text is only ever set as text.
"use strict";
(() => {
{% include "searching.js" %}

  const said = document.getElementById("search-found");
  const hits = document.getElementById("search-hits");
  const groups = Array.from(document.querySelectorAll("[data-group]"));
  const all = (title, lines) => [title, ...lines.map((line) => line.folded)].join("\n");

  // A report that stands on this page alone: it is about all years, and found by its title.
  const listed = (link) => ({ page: link.getAttribute("href"), title: link.textContent, when: "", status: "" });
  const prepared = (entry) => {
    const lines = Object.entries(entry.words || {}).flatMap(([kind, texts]) => texts.map((text) => ({ kind, text, folded: folded(text) })));
    const title = folded(`${entry.when} ${entry.title} ${entry.status}`);
    return { ...entry, lines, folded: title, all: all(title, lines) };
  };
  const entries = new Map();
  const add = (found) => found.forEach((entry) => entries.set(entry.page, prepared(entry)));
  add(Array.from(document.querySelectorAll("[data-group] li > span > a:first-child"), listed));

  let waiting = words.parts.length;
  let missing = 0;
  const load = () => {
    window.found = add; // what each part calls
    for (const part of words.parts) {
      const script = document.createElement("script");
      const done = () => {
        waiting -= 1;
        search();
      };
      script.addEventListener("load", done);
      script.addEventListener("error", () => {
        missing += 1;
        done();
      });
      script.src = part;
      document.head.append(script);
    }
  };

  // The words in the title count most, then how soon the line comes that holds all.
  const worth = (entry, asked) => {
    const line = entry.lines.findIndex((found) => score(found, asked) === asked.length);
    return 1000 * score(entry, asked) + (line < 0 ? 0 : 500 - Math.min(line, 499));
  };

  // The lines that hold most of the words that the title does not.
  const reasons = (entry, asked) => {
    const left = asked.filter((word) => !has(entry.folded, word));
    const most = Math.max(1, ...entry.lines.map((line) => score(line, left)));
    return left.length ? entry.lines.filter((line) => score(line, left) === most).slice(0, MOST) : [];
  };

  const element = (name, className, ...inside) => {
    const made = document.createElement(name);
    made.className = className;
    made.append(...inside);
    return made;
  };

  const shown = (entry, asked) => {
    const link = element("a", "to", entry.title);
    link.href = entry.page;
    const why = reasons(entry, asked).map((line) => `${words.kinds[line.kind]}: ${line.text}`).join("; ");
    const item = element("li", "", element("span", "when", entry.when), element("span", "", " ", link));
    item.append(...(entry.status ? [element("span", "soft", ` · ${entry.status}`)] : []));
    item.append(...(why ? [element("p", "why", why)] : []));
    return item;
  };

  const search = () => {
    const asked = asking(box.value);
    const found = asked.length ? [...entries.values()].filter((entry) => asked.every((word) => has(entry.all, word))) : [];
    const best = found.map((entry) => [worth(entry, asked), entry]).sort(([one], [other]) => other - one).slice(0, words.found.length - 1);
    hits.replaceChildren(...best.map(([, entry]) => shown(entry, asked)));
    hits.hidden = !asked.length;
    groups.forEach((group) => { group.hidden = asked.length > 0; });
    const number = found.length < words.found.length ? words.found[found.length] : words.best;
    said.textContent = asked.length ? [number, ...(waiting ? [words.waiting] : []), ...(missing ? [words.missing[missing]] : [])].join(" ") : "";
  };

  box.addEventListener("focus", load, { once: true });
  listen(search, () => hits.querySelector("a"));
})();
