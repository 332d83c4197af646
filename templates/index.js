// Filters the list that is already on the page. Nothing is loaded, and text is only ever set as text.
"use strict";
(() => {
{% include "searching.js" %}

  const found = document.getElementById("search-found");

  const linesOf = (item, kind) => (item.dataset[kind] || "").split("\n").filter(Boolean).map((text) => ({ kind, text, folded: folded(text) }));

  const entries = Array.from(document.querySelectorAll("[data-group] li"), (item) => {
    const lines = Object.keys(words.kinds).flatMap((kind) => linesOf(item, kind));
    const title = folded(item.textContent);
    const why = item.appendChild(document.createElement("p"));
    why.className = "why";
    why.hidden = true;
    return { item, why, lines, title, list: item.parentElement, place: 0, all: [title, ...lines.map((line) => line.folded)].join("\n") };
  });

  entries.forEach((entry, place) => Object.assign(entry, { place, section: entry.item.closest("[data-group]") }));
  const sections = Array.from(document.querySelectorAll("[data-group]"));
  const end = sections.length ? sections[sections.length - 1].nextSibling : null;

  // The lines that hold all the words that the title does not; else, one after the other, those that hold most of what is left.
  const reasons = (entry, asked) => {
    let left = asked.filter((word) => !has(entry.title, word));
    const full = entry.lines.filter((line) => left.length && score(line, left) === left.length);
    if (full.length) {
      return full.slice(0, MOST);
    }
    const chosen = [];
    while (left.length && chosen.length < MOST) {
      const best = entry.lines.reduce((one, other) => (score(other, left) > score(one, left) ? other : one));
      chosen.push(best);
      left = left.filter((word) => !has(best.folded, word));
    }
    return chosen;
  };

  const explain = (entry, asked) => {
    const lines = entry.item.hidden ? [] : reasons(entry, asked);
    entry.why.textContent = lines.map((line) => `${words.kinds[line.kind]}: ${line.text}`).join("; ");
    entry.why.hidden = !lines.length;
  };

  // The words in the title count most, then how soon the lines come that hold the others.
  const worth = (entry, asked) => {
    const inTitle = asked.filter((word) => has(entry.title, word)).length;
    const line = entry.lines.findIndex((found) => score(found, asked) === asked.length);
    const isAboutAll = entry.section.dataset.group === "whole"; // it has the words of every other one
    return asked.length ? 1000 * inTitle + (line < 0 || isAboutAll ? 0 : 500 - Math.min(line, 499)) : 0;
  };

  // Puts the best hit first: inside each list, and the list that holds it before the others.
  const arrange = (asked) => {
    for (const entry of entries) {
      entry.worth = entry.item.hidden ? -1 : worth(entry, asked);
    }
    const order = [...entries].sort((one, other) => other.worth - one.worth || one.place - other.place);
    order.forEach((entry) => entry.list.append(entry.item));
    for (const section of asked.length ? new Set(order.map((entry) => entry.section)) : sections) {
      section.parentElement.insertBefore(section, end);
    }
  };

  const search = () => {
    const asked = asking(box.value);
    let number = 0;
    for (const entry of entries) {
      entry.item.hidden = !asked.every((word) => has(entry.all, word));
      number += entry.item.hidden ? 0 : 1;
      explain(entry, asked);
    }
    for (const group of document.querySelectorAll("[data-group]")) {
      group.hidden = !group.querySelector("li:not([hidden])");
    }
    arrange(asked);
    found.textContent = asked.length ? words.found[number] : "";
  };

  listen(search, () => document.querySelector("[data-group] li:not([hidden]) a"));
})();
