/* Short facts side by side: each is whole or not there, none is ever cut. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /**
   * Write facts into a line, reusing its spans; the style sheet sets the dots between them.
   * @param {Element} line
   * @param {string[]} texts
   */
  function write(line, texts) {
    while (line.children.length < texts.length) line.append(document.createElement("span"));
    [...line.children].forEach((node, place) => {
      const text = texts[place];
      if (node.hidden !== (text === undefined)) node.hidden = text === undefined;
      if (text !== undefined) lianxin.numbers.put(node, text);
    });
  }

  /** Set an attribute only where it changed. */
  function mark(node, name, value) {
    if (node.dataset[name] !== value) node.dataset[name] = value;
  }

  lianxin.pieces = { write, mark };
})(globalThis);
