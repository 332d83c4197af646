// What tests ask of a page in a browser. Each answers with a list of faults, as a person would name them.
"use strict";

const shown = (element) => element.outerHTML.slice(0, 160);
const all = (what, within = document) => [...within.querySelectorAll(what)];
const scrolls = (element) => ["auto", "scroll", "hidden"].includes(getComputedStyle(element).overflowX);
const around = (element) => (element ? [element, ...around(element.parentElement)] : []);

// What reaches beyond the window, except inside a box that scrolls by itself, and except what is put away until it has the focus.
function beyond() {
  const faults = all("body *").filter((element) => {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || (box.right <= innerWidth + 1 && box.left >= -1) || element.closest(".skip")) {
      return false;
    }
    return !around(element.parentElement).some(scrolls) && (!scrolls(element) || box.right > innerWidth + 1);
  });
  const width = document.scrollingElement.scrollWidth;
  return [...faults.map(shown), ...(width > innerWidth ? [`the page is ${width} wide`] : [])];
}

// Text that a box without scroll bars holds back.
function cut() {
  const held = (overflow, inside, outside) => ["hidden", "clip"].includes(overflow) && inside > outside + 1;
  return all("body *").filter((element) => {
    const style = getComputedStyle(element);
    const [across, down] = [held(style.overflowX, element.scrollWidth, element.clientWidth), held(style.overflowY, element.scrollHeight, element.clientHeight)];
    return element.clientWidth > 1 && !element.closest("svg") && element.checkVisibility() && (across || down);
  }).map(shown);
}

const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
const solid = (colour) => colour !== "none" && (parts(colour)[3] ?? 1) === 1;

function light(colour) {
  const linear = parts(colour).slice(0, 3).map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

function ratio(one, other) {
  const [darker, lighter] = [light(one), light(other)].sort((first, second) => first - second);
  return (lighter + 0.05) / (darker + 0.05);
}

// The colour of the shape of a chart on which the middle of a label lies, if it lies on one.
function shape(label) {
  const box = label.getBoundingClientRect();
  const middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
  const shapes = all("path", label.closest(".chart")).filter((path) => solid(getComputedStyle(path).fill));
  const found = shapes.findLast((path) => path.isPointInFill(middle.matrixTransform(path.getScreenCTM().inverse())));
  return found && getComputedStyle(found).fill;
}

function ground(element) {
  const painted = around(element).map((one) => getComputedStyle(one).backgroundColor).find(solid);
  return (element.closest(".chart") && shape(element)) || painted || "rgb(255, 255, 255)";
}

// Text whose contrast to what is behind it is below 4.5 to 1.
function contrast() {
  const texts = all("body *").filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  return texts.filter((element) => element.checkVisibility() && !element.closest("svg, script"))
    .map((element) => [ratio(getComputedStyle(element).color, ground(element)), element])
    .filter(([found]) => found < 4.5)
    .map(([found, element]) => `${found.toFixed(2)} ${shown(element)}`);
}

const textOf = (id) => document.getElementById(id)?.textContent.trim() ?? "";
const name = (element) => element.ariaLabel || (element.getAttribute("aria-labelledby") ?? "").split(" ").map(textOf).join(" ");
const named = (element) => element.querySelector("caption, figcaption")?.textContent.trim() || name(element);
const repeated = (texts) => texts.filter((text, place) => texts.indexOf(text) !== place);

function* headingFaults() {
  const headings = all("h1, h2, h3, h4, h5, h6");
  const levels = headings.map((heading) => Number(heading.tagName[1]));
  if (levels[0] !== 1 || levels.lastIndexOf(1) !== 0) {
    yield `the levels of headings are ${levels}`;
  }
  yield* headings.filter((_, place) => levels[place] > levels[place - 1] + 1).map((heading) => `a level is left out: ${shown(heading)}`);
  yield* headings.filter((heading) => !heading.textContent.trim()).map((heading) => `an empty heading: ${shown(heading)}`);
}

function* landmarkFaults() {
  yield* ["main", "body > header", 'body > a[href="#main"]:first-child'].filter((what) => all(what).length !== 1).map((what) => `not one ${what}`);
  const parts = all("section, nav, aside");
  yield* parts.filter((part) => !name(part)).map((part) => `a part of the page has no name: ${shown(part)}`);
  yield* repeated(parts.map(name)).map((text) => `two parts of the page are called '${text}'`);
}

function* tableFaults() {
  for (const table of all("table")) {
    const heads = all("th", table);
    const wrong = heads.filter((head) => !["row", "col", "rowgroup", "colgroup"].includes(head.scope) || !head.textContent.trim());
    yield* wrong.map((head) => `a header cell without scope or text: ${shown(head)}`);
    if (!named(table) || !heads.length) {
      yield `a table has no name or no headers: ${shown(table)}`;
    }
  }
}

function outline() {
  const figures = all("figure, [role=img]").filter((figure) => !named(figure)).map((figure) => `a figure has no name: ${shown(figure)}`);
  const order = all("[tabindex]").filter((element) => element.tabIndex > 0).map((element) => `an order of its own: ${shown(element)}`);
  return [...headingFaults(), ...landmarkFaults(), ...tableFaults(), ...figures, ...order];
}

// What has the focus; whether that can be seen; and whether it lies in the window, with nothing before it.
function focused() {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const inWindow = (box) => box.width && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const box = [...element.getClientRects()].find(inWindow);
  const clear = (x, y) => around(document.elementFromPoint(x, y)).includes(element);
  window.reached = [...(window.reached ?? []), element];
  return {
    html: shown(element),
    end: element === document.body,
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
    clear: Boolean(box) && clear(Math.max(box.left, 0) + 2, Math.max(box.top, 0) + 2),
  };
}

// What the keyboard should have reached, and has not.
function unreached() {
  const wanted = all('a[href], button, input, summary, [tabindex="0"]').filter((element) => element.checkVisibility({ contentVisibilityAuto: true }));
  return wanted.filter((element) => !window.reached.includes(element)).map(shown);
}
