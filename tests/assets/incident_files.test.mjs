import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/incident_files.js";

const { refusal, addressOf } = globalThis.lianxin.incidentFiles;
const bounds = { most_bytes: 10_000_000, media: ["image/jpeg", "application/pdf"] };
const words = { incident_bad_file: "empty", incident_bad_media: "kind",
  incident_bad_large: "up to {mb} MB" };

test("what cannot be taken is refused before it is sent", () => {
  assert.equal(refusal({ size: 5, type: "image/jpeg" }, bounds, words), "");
  assert.equal(refusal({ size: 0, type: "image/jpeg" }, bounds, words), "empty");
  assert.equal(refusal({ size: 5, type: "text/html" }, bounds, words), "kind");
  assert.equal(refusal({ size: 10_000_001, type: "image/jpeg" }, bounds, words), "up to 10 MB");
  assert.equal(refusal({ size: 5, type: "" }, bounds, words), "", "the server looks into it");
});

test("who runs the incident sends as such, a department as itself", () => {
  const place = { at: "finding", of: 3 };
  const page = { incident: "sj/1", may: ["command"], own: "water", lang: "zh" };
  const sent = new URL(addressOf(page, place, "k1"), "http://x");
  assert.equal(sent.pathname, "/api/v1/incidents/sj%2F1/files");
  assert.equal(sent.searchParams.get("once"), "k1");
  assert.deepEqual([sent.searchParams.get("at"), sent.searchParams.get("of")], ["finding", "3"]);
  const own = addressOf({ ...page, may: ["report"] }, place, "k1");
  assert.ok(own.startsWith("/api/v1/incidents/sj%2F1/answers/water/files?"));
});
