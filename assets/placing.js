/* Where labels stand on the map so that none lies on another: the first in the list choose. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  // Ways around a circle in order of liking: beside it, above and below, then slid along the side
  // by a share of the label, then the corners. [across, down, slid across, slid down]
  const WAYS = [
    [1, 0, 0, 0], [-1, 0, 0, 0], [0, -1, 0, 0], [0, 1, 0, 0],
    ...[0.18, -0.18, 0.36, -0.36, 0.5, -0.5].flatMap((slid) => [[0, -1, slid, 0], [0, 1, slid, 0]]),
    ...[0.6, -0.6].flatMap((slid) => [[1, 0, 0, slid], [-1, 0, 0, slid]]),
    [1, -1, 0, 0], [1, 1, 0, 0], [-1, -1, 0, 0], [-1, 1, 0, 0],
  ];
  const STEPS = [1, 3, 6, 10]; // gaps away from the circle; from the second on a line leads back

  /** @returns {boolean} whether two boxes touch */
  const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

  /** @returns {boolean} whether a circle reaches into a box */
  function reaches(circle, box) {
    const x = Math.max(box.left, Math.min(circle.x, box.right));
    const y = Math.max(box.top, Math.min(circle.y, box.bottom));
    return (circle.x - x) ** 2 + (circle.y - y) ** 2 < circle.r ** 2;
  }

  const within = (box, frame) => box.left >= frame.left && box.right <= frame.right
    && box.top >= frame.top && box.bottom <= frame.bottom;

  /** The box of a label that stands some way off its circle. */
  function boxAt(item, [across, down, slidX, slidY], gap) {
    const reach = (item.r + gap) * (across && down ? Math.SQRT1_2 : 1);
    const [x, y] = [item.x + across * reach, item.y + down * reach];
    const left = (across > 0 ? x : across < 0 ? x - item.width : x - item.width / 2) + slidX * item.width;
    const top = (down > 0 ? y : down < 0 ? y - item.height : y - item.height / 2) + slidY * item.height;
    return { left, top, right: left + item.width, bottom: top + item.height };
  }

  /** @returns {boolean} whether a line from `a` to `b` runs through a box (Liang and Barsky) */
  function crosses(a, b, box) {
    let [from, to] = [0, 1];
    for (const [p, q] of [[a.x - b.x, a.x - box.left], [b.x - a.x, box.right - a.x],
      [a.y - b.y, a.y - box.top], [b.y - a.y, box.bottom - a.y]]) {
      if (p === 0 && q < 0) return false;
      if (p < 0) from = Math.max(from, q / p);
      if (p > 0) to = Math.min(to, q / p);
    }
    return from < to;
  }

  /** The point of a box nearest to a circle's centre: where its line ends. */
  function anchorOf(item, box) {
    return { x: Math.max(box.left, Math.min(item.x, box.right)),
      y: Math.max(box.top, Math.min(item.y, box.bottom)) };
  }

  /**
   * Place labels; each takes the nearest spot that is free of labels, circles and what is blocked.
   * @param {Array<{x: number, y: number, r: number, width: number, height: number}>} items
   *   circles with the size of their labels, px, the most important first
   * @param {{left: number, top: number, right: number, bottom: number}} frame
   * @param {Array<Object>} blocked boxes nothing may lie on
   * @param {number} gap between circle and label, px
   * @returns {Array<{left: number, top: number, lead: Object|null}|null>} null where none is free or
   *   the circle itself is out of the frame;
   *   `lead` is the label's end of a line to the circle, where one is needed
   */
  function place(items, frame, blocked, gap) {
    const labels = [];
    const lines = [];
    function isFree(item, box, lead) {
      return within(box, frame) && !blocked.some((other) => touch(box, other))
        && !labels.some((other) => touch(box, other) || (lead && crosses(item, lead, other)))
        && !lines.some(([from, to]) => crosses(from, to, box))
        && !items.some((other) => reaches(other, box));
    }
    return items.map((item) => {
      if (!within({ left: item.x, right: item.x, top: item.y, bottom: item.y }, frame)) return null;
      for (const step of STEPS) {
        for (const way of WAYS) {
          const box = boxAt(item, way, gap * step);
          const lead = step > 1 ? anchorOf(item, box) : null;
          if (!isFree(item, box, lead)) continue;
          labels.push(box);
          if (lead) lines.push([item, lead]);
          return { left: box.left, top: box.top, lead };
        }
      }
      return null;
    });
  }

  lianxin.placing = { touch, reaches, crosses, place };
})(globalThis);
