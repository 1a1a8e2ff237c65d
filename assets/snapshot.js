/* A picture of what is on screen: the page as it stands, under its title, with who takes it and
   when across it. A copy of the page goes into an SVG with the page's own styles and letters, and
   the browser draws that: nothing is fetched but the font of this server. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const SVG = "http://www.w3.org/2000/svg";
  const MOST_DOTS = 16_000; // a canvas that is longer stays empty in some browsers
  const PAD = 24;
  const HEAD = 64;
  const TILT = 0.42; // radians
  const GAP = 120;
  const ROW = 150;

  /**
   * What stands in the city's zone at a moment: 2026-11-24 10:00:05.
   * @param {Date} at
   * @param {string} zone IANA
   */
  const momentIn = (at, zone) => new Intl.DateTimeFormat("sv-SE", { timeZone: zone,
    dateStyle: "short", timeStyle: "medium" }).format(at);

  /**
   * How many dots a pixel of the page gets: two where there is room for them.
   * @param {number} width
   * @param {number} height
   */
  const ratioOf = (width, height) => Math.min(2, MOST_DOTS / Math.max(width, height, 1));

  /** @returns {string} the name of the file: lianxin-departments-20261124-100005.png */
  function fileName(path, moment) {
    const page = path.split("/").filter(Boolean).join("-").replace(/[^\w-]+/g, "_") || "start";
    return `lianxin-${page}-${moment.replace(/[-:]/g, "").replace(" ", "-")}.png`;
  }

  /** @returns {string} the words of a head's parts, one beside the other */
  const titleOf = (parts) => parts.map((part) => part.textContent.trim()).filter(Boolean).join(" ");

  lianxin.snapshot = { momentIn, ratioOf, fileName, titleOf };
  if (!root.document) return;
  const { document } = root;
  function dataUrl(blob) {
    return new Promise((done, failed) => {
      const reader = new FileReader();
      reader.addEventListener("load", () => done(reader.result));
      reader.addEventListener("error", () => failed(reader.error));
      reader.readAsDataURL(blob);
    });
  }

  /** The page's own letters, whole in a rule: a picture that is drawn apart cannot fetch them. */
  async function letters() {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
      .filter((rule) => rule instanceof CSSFontFaceRule);
    const whole = await Promise.all(rules.map(async (rule) => {
      const [, address] = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue("src")) || [];
      const answer = await root.fetch(new URL(address, rule.parentStyleSheet.href));
      return rule.cssText.replace(address, await dataUrl(await answer.blob()));
    }));
    return whole.join("\n");
  }

  /** Every rule of the page's sheets, but those of letters, which come whole. */
  const rules = () => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => !(rule instanceof CSSFontFaceRule)).map((rule) => rule.cssText).join("\n");

  /** A copy of the page as it stands: drawn canvases, what is typed, what is open and scrolled. */
  function copyOf(page) {
    const copy = page.cloneNode(true);
    const theirs = [...page.querySelectorAll("*")];
    const ours = [...copy.querySelectorAll("*")];
    theirs.forEach((node, place) => {
      const here = ours[place];
      // In the picture a share of the screen's height would be one of the whole page's.
      if (node.matches(".maplibregl-map")) here.style.height = `${node.offsetHeight}px`;
      if (node instanceof HTMLCanvasElement) {
        const drawn = document.createElement("img");
        drawn.src = node.toDataURL();
        drawn.className = node.className;
        drawn.style.cssText = node.style.cssText;
        drawn.style.width = `${node.clientWidth}px`;
        drawn.style.height = `${node.clientHeight}px`;
        here.replaceWith(drawn);
      } else if (node instanceof HTMLInputElement) here.setAttribute("value", node.value);
      else if (node instanceof HTMLSelectElement) here.selectedOptions[0]?.setAttribute("selected", "");
    });
    copy.querySelectorAll("script, .reader-marks, .visually-hidden, .snapshot-take").forEach((node) => node.remove());
    return copy;
  }

  /** Draw the page on a canvas. */
  async function drawn(page, ratio) {
    const [width, height] = [document.documentElement.clientWidth,
      Math.max(page.scrollHeight, page.offsetHeight)];
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    const style = document.createElementNS(SVG, "style");
    style.textContent = `${await letters()}\n${rules()}`;
    const room = document.createElementNS(SVG, "foreignObject");
    room.setAttribute("width", "100%");
    room.setAttribute("height", "100%");
    const body = document.createElement("body");
    body.className = document.body.className;
    body.append(copyOf(page));
    room.append(body);
    svg.append(style, room);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.drawImage(image, 0, 0);
    return canvas;
  }

  /** Lay the page's picture under a head with title, scope and time, and the mark over all. */
  function framed(picture, ratio, { title, says, mark, paper, ink }) {
    const canvas = document.createElement("canvas");
    canvas.width = picture.width + 2 * PAD * ratio;
    canvas.height = picture.height + (HEAD + 2 * PAD) * ratio;
    const pen = canvas.getContext("2d");
    pen.fillStyle = paper;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, PAD * ratio, (HEAD + PAD) * ratio);
    const family = root.getComputedStyle(document.body).fontFamily;
    const room = canvas.width - 2 * PAD * ratio;
    pen.fillStyle = ink;
    pen.font = `700 ${22 * ratio}px ${family}`;
    pen.fillText(title, PAD * ratio, 38 * ratio, room);
    pen.font = `400 ${14 * ratio}px ${family}`;
    pen.fillText(says, PAD * ratio, 64 * ratio, room);
    pen.globalAlpha = 0.1;
    pen.font = `400 ${18 * ratio}px ${family}`;
    pen.rotate(-TILT);
    const wide = pen.measureText(mark).width + GAP * ratio;
    const below = canvas.height + canvas.width * TILT;
    for (let row = 0, y = 0; y < below; row += 1, y += ROW * ratio) {
      for (let x = -canvas.height * TILT - (row % 2) * wide / 2; x < canvas.width; x += wide) {
        pen.fillText(mark, x, y);
      }
    }
    return canvas;
  }

  /** Offer a canvas as a file. */
  function offer(canvas, name) {
    return new Promise((done, failed) => {
      canvas.toBlob((blob) => {
        if (!blob) {
          failed(new Error("empty"));
          return;
        }
        const link = document.createElement("a");
        link.download = name;
        link.href = URL.createObjectURL(blob);
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
        done();
      }, "image/png");
    });
  }

  async function take(button) {
    const page = document.querySelector("main");
    const { name, zone, offset } = button.dataset;
    const moment = momentIn(new Date(), zone);
    const style = root.getComputedStyle(document.body);
    const ratio = ratioOf(document.documentElement.clientWidth, page.scrollHeight);
    const picture = await drawn(page, ratio);
    const title = titleOf([...(page.querySelector("h1")?.childNodes || [])]) || document.title;
    const mark = `${name} · ${moment} ${offset}`;
    const where = `${root.location.pathname}${root.location.search}`;
    const says = `${name} · ${moment} ${zone} (${offset}) · ${where}`;
    const canvas = framed(picture, ratio, { title, says, mark, paper: style.backgroundColor,
      ink: style.color });
    await offer(canvas, fileName(root.location.pathname, moment));
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".snapshot-take");
    if (!button || button.disabled) return;
    button.disabled = true;
    button.textContent = button.dataset.making;
    try {
      await take(button);
      button.textContent = button.dataset.take;
    } catch {
      button.textContent = button.dataset.failed;
    }
    button.disabled = false;
  });
})(typeof window === "undefined" ? globalThis : window);
