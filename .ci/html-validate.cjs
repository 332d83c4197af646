// How strictly the pages are read: all that html-validate recommends and that hangs on accessibility, but for this.
module.exports = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:standard", "html-validate:a11y", "html-validate:document"],
  rules: {
    // Either is valid; the templates write the one that is usual today.
    "doctype-style": ["error", { style: "lowercase" }],
    // A title is the official name of a meeting or an agreement, which may be long.
    "long-title": "off",
    // Labels of a chart stand where the data put them; nothing else has a style of its own.
    "no-inline-style": ["error", { allowedProperties: ["width", "height", "font-size", "top", "left", "right"] }],
    // The search finds as one types; there is nothing to send.
    "wcag/h32": "off",
  },
};
