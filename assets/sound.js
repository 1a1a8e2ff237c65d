/* A tone for new alarms: off until somebody wants it, and captioned in words while it sounds. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});
  const KEY = "lianxin.sound";
  const CAPTION_MS = 5000;
  const LOUDNESS = 0.25;
  const NOTE_S = 0.28;
  const TUNES = { critical: [880, 660, 880, 660], high: [740, 587], medium: [587] };

  /**
   * The notes of a severity: the more severe, the more of them; two heights, for ears that do
   * not hear one of them.
   * @param {string} severity
   * @returns {Array<{hz: number, at_s: number}>}
   */
  function notesOf(severity) {
    return (TUNES[severity] || TUNES.medium).map((hz, place) => ({ hz, at_s: place * NOTE_S * 1.4 }));
  }

  /** Play notes on a context that may sound. */
  function play(context, notes) {
    for (const note of notes) {
      const from = context.currentTime + 0.05 + note.at_s;
      const tone = new OscillatorNode(context, { type: "triangle", frequency: note.hz });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(0, from);
      volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02); // a jump would crack
      volume.gain.linearRampToValueAtTime(0, from + NOTE_S);
      tone.connect(volume).connect(context.destination);
      tone.start(from);
      tone.stop(from + NOTE_S);
    }
  }

  /**
   * @param {Element} wall
   * @param {Object<string, string>} words
   */
  function soundOf(wall, words) {
    const choice = lianxin.choice.choiceOf(root.localStorage, KEY);
    const button = wall.querySelector(".sound");
    const caption = wall.querySelector(".caption");
    let context = null;
    let timer = null;

    function tell() {
      button.setAttribute("aria-pressed", String(choice.on()));
      lianxin.numbers.put(button, choice.on() ? words.sound_on : words.sound_off);
    }

    function say(what) {
      lianxin.numbers.put(caption.lastElementChild, what);
      caption.hidden = false;
      clearTimeout(timer);
      timer = setTimeout(() => { caption.hidden = true; }, CAPTION_MS);
    }

    /** Sound a severity, with its words; a browser that wants a hand first is told of in words. */
    function ring(severity, what) {
      if (!choice.on() || !root.AudioContext) return;
      context = context || new AudioContext();
      const sound = () => {
        play(context, notesOf(severity));
        say(lianxin.clock.fill(words.sound_caption, { what }));
      };
      if (context.state === "running") return sound();
      say(lianxin.clock.fill(words.sound_blocked, { what }));
      return context.resume().then(sound, () => undefined);
    }

    tell();
    return {
      ring,
      /** Take back what the caption says. */
      hush() {
        caption.hidden = true;
        lianxin.numbers.put(caption.lastElementChild, "");
      },
      toggle() {
        if (choice.turn()) ring("medium", words.sound_test);
        else caption.hidden = true;
        tell();
      },
    };
  }

  lianxin.sound = { notesOf, soundOf };
})(globalThis);
