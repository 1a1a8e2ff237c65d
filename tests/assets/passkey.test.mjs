import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/passkey.js";

const { bytes, text, optionsOf, isNamed } = globalThis.lianxin.passkey;

test("bytes come through base64url and back", () => {
  for (const said of [[], [0], [251, 255, 254], [1, 2, 3, 4, 5]]) {
    assert.deepEqual([...bytes(text(Uint8Array.from(said).buffer))], said);
  }
  assert.equal(text(Uint8Array.from([251, 255]).buffer), "-_8");
});

test("a server's options become what the browser takes", () => {
  const made = optionsOf({
    challenge: "AQI", rpId: "house", user: { id: "Aw", name: "w" }, excludeCredentials: [{ id: "BA" }],
  });
  assert.deepEqual([...made.challenge], [1, 2]);
  assert.deepEqual([...made.user.id], [3]);
  assert.deepEqual([...made.excludeCredentials[0].id], [4]);
  assert.equal(made.rpId, "house");
  assert.ok(!("allowCredentials" in made));
});

test("an address has no passkeys, a name has", () => {
  assert.deepEqual(["127.0.0.1", "[::1]", "localhost", "house.example"].map(isNamed),
    [false, false, true, true]);
});
