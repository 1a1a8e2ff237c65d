/* Passkeys: signing in with one, and adding one. */
(function (root) {
  "use strict";
  const lianxin = (root.lianxin = root.lianxin || {});

  /** @param {string} text base64url @returns {Uint8Array} */
  function bytes(text) {
    const plain = text.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
  }

  /** @param {ArrayBuffer} buffer @returns {string} base64url */
  function text(buffer) {
    const letters = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  /**
   * Give a server's options as the browser takes them: bytes where it sent text.
   * @param {Object} said
   */
  function optionsOf(said) {
    const listed = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
    const made = { ...said, challenge: bytes(said.challenge) };
    if (said.user) made.user = { ...said.user, id: bytes(said.user.id) };
    if (said.excludeCredentials) made.excludeCredentials = listed(said.excludeCredentials);
    if (said.allowCredentials) made.allowCredentials = listed(said.allowCredentials);
    return made;
  }

  /**
   * Give a credential as JSON.
   * @param {PublicKeyCredential} made
   */
  function jsonOf(made) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature",
      "userHandle"]) {
      if (made.response[name]) response[name] = text(made.response[name]);
    }
    return { id: made.id, rawId: text(made.rawId), type: made.type, response,
      clientExtensionResults: made.getClientExtensionResults() };
  }

  async function post(url, body) {
    const headers = { "Content-Type": "application/json" };
    const token = lianxin.session.pageToken(document.cookie);
    if (token) headers["X-CSRF-Token"] = token;
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  /** Passkeys belong to a name; an address has none. */
  const isNamed = (host) => !/^(\d+\.){3}\d+$|:/.test(host);

  async function signIn(button) {
    const said = document.getElementById("login-told");
    if (!isNamed(root.location.hostname)) return void (said.textContent = button.dataset.needsName);
    try {
      const options = optionsOf(await post("/login/passkey/options", {}));
      const made = await navigator.credentials.get({ publicKey: options });
      await post("/login/passkey", { credential: jsonOf(made) });
      const next = button.dataset.next || "/";
      root.location.assign(lianxin.session.isOwn(next, root.location.origin) ? next : "/");
    } catch (error) {
      said.textContent = said.dataset.passkeyFailed;
    }
  }

  async function add(button) {
    const said = document.getElementById("passkey-told");
    if (!isNamed(root.location.hostname)) return void (said.textContent = button.dataset.needsName);
    try {
      const options = optionsOf(await post("/account/passkey/options", {}));
      const made = await navigator.credentials.create({ publicKey: options });
      const name = (navigator.userAgentData && navigator.userAgentData.platform) || "";
      await post("/account/passkey", { credential: jsonOf(made), name });
      root.location.reload();
    } catch (error) {
      said.textContent = button.dataset.failed;
    }
  }

  lianxin.passkey = { bytes, text, optionsOf, isNamed };
  if (root.document) {
    root.document.addEventListener("click", (event) => {
      const button = event.target.closest && event.target.closest("#passkey-in, #passkey-add");
      if (button) (button.id === "passkey-in" ? signIn : add)(button);
    });
  }
})(globalThis);
