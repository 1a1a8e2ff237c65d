/* The look of AG Grid's tables, in the colours of these pages, without a style written inline. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const LOOK = {
    backgroundColor: "var(--panel)", foregroundColor: "var(--text)", borderColor: "var(--line)",
    headerBackgroundColor: "var(--raised)", headerTextColor: "var(--text)", headerHeight: "3rem",
    rowHeight: "3.5rem",
    headerFontWeight: 600, accentColor: "var(--accent)", rowHoverColor: "var(--raised)",
    selectedRowBackgroundColor: "var(--raised)", wrapperBorderRadius: 4, columnBorder: false,
    fontFamily: "inherit", fontSize: "0.9375rem", iconSize: "1rem", browserColorScheme: "dark",
    focusShadow: "inset 0 0 0 2px var(--accent)",
  };

  /**
   * Where AG Grid may put its style elements: in no document, so that no policy has to allow them.
   * Each is made into a sheet, which the policy lets a script of this server do, at the moment it
   * is put there, because the grid measures itself by it at once.
   * @param {Document} document
   * @param {function(string): Object} made makes a sheet of text
   * @returns {HTMLElement}
   */
  function shelf(document, made) {
    const place = document.createElement("div");
    const order = [];
    const show = (changed) => {
      const others = document.adoptedStyleSheets.filter((one) => !changed.includes(one));
      document.adoptedStyleSheets = [...others, ...order.map((one) => one.sheet)];
    };
    const put = (style, index) => {
      const before = order.map((one) => one.sheet);
      order.splice(index, 0, { style, sheet: made(style.textContent) });
      style.after = (next) => put(next, order.findIndex((one) => one.style === style) + 1);
      style.remove = () => {
        const all = order.map((one) => one.sheet);
        order.splice(order.findIndex((one) => one.style === style), 1);
        show(all);
      };
      show(before);
    };
    place.insertBefore = (style) => put(style, 0);
    return place;
  }

  function sheet(text) {
    const whole = new root.CSSStyleSheet();
    whole.replaceSync(text);
    return whole;
  }

  let container = null;

  /**
   * Give the theme of a table, and see to it before one is made that it styles itself as above.
   * @param {Object} agGrid the library
   * @param {Object} base one of its themes
   */
  function tableTheme(agGrid, base) {
    if (!container) {
      container = shelf(root.document, sheet);
      agGrid.provideGlobalGridOptions({ themeStyleContainer: container });
    }
    return base.withParams(LOOK);
  }

  lianxin.tableTheme = { shelf };
  root.dashAgGridFunctions = { ...root.dashAgGridFunctions, tableTheme };
})(globalThis);
