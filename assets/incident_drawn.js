/* What the server drew, put up as nodes: [tag, attributes, children]. No text becomes markup. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  const TAGS = new Set(["a", "button", "dd", "details", "div", "dl", "dt", "h1", "h2", "h3", "li",
    "ol", "p", "section", "span", "strong", "summary", "table", "tbody", "td", "th",
    "thead", "time", "tr", "ul"]);
  const NAMES = /^(class|hidden|type|title|lang|role|datetime|disabled|scope|tabindex|data-[a-z-]+|aria-[a-z]+)$/;

  /**
   * Tell whether an attribute may be set: known ones, and links within this server or page.
   * @param {string} name
   * @param {string} value
   */
  function fits(name, value) {
    return name === "href" ? /^(\/(?!\/)|#[a-z-]+$)/.test(value) : NAMES.test(name);
  }

  /**
   * Make nodes of what was drawn.
   * @param {string|Array} drawn
   * @param {Document} document
   * @returns {Node}
   */
  function build(drawn, document) {
    if (typeof drawn === "string") return document.createTextNode(drawn);
    const [tag, attributes, children] = drawn;
    if (!TAGS.has(tag)) throw new Error(`not to be drawn: ${tag}`);
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (fits(name, value)) node.setAttribute(name, value);
    }
    node.append(...children.map((one) => build(one, document)));
    return node;
  }

  lianxin.drawn = { fits, build };
})(globalThis);
