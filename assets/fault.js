/* What was wrong with what was sent: its field is marked, and the keys go on from there. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /** Take the marks of the last time away. */
  function clear(form) {
    for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
  }

  /**
   * Lead to the field at fault, else back to the button: it lost the keys while it could not be
   * pressed.
   * @param {Element} form
   * @param {HTMLElement} button that was pressed in vain
   * @param {string} [field] as the server calls it
   */
  function lead(form, button, field) {
    clear(form);
    const fields = [...form.querySelectorAll("[data-field], [name], [data-box]")];
    const fault = fields.find((one) =>
      field !== undefined && [one.dataset.field, one.name, one.dataset.box].includes(field));
    if (fault) {
      fault.setAttribute("aria-invalid", "true");
      fault.focus();
    }
    if (!fault || root.document.activeElement !== fault) button.focus();
  }

  lianxin.fault = { clear, lead };
})(globalThis);
