import assert from "node:assert/strict";
import test from "node:test";
import "../../assets/session.js";

const { hasEnded, isOwn, loginFor, pageToken } = globalThis.lianxin.session;
const HERE = "https://house.example";

test("one comes back to where one was", () => {
  const place = { pathname: "/wall/city", search: "?scene=map&lang=en" };
  assert.equal(loginFor(place), "/login?next=%2Fwall%2Fcity%3Fscene%3Dmap%26lang%3Den");
});

test("only an answer of this house's own doors says that the session has ended", () => {
  assert.ok(hasEnded("/_dash-update-component", 401, HERE));
  assert.ok(hasEnded(`${HERE}/api/v1/session`, 401, HERE));
  assert.ok(!hasEnded("/api/v1/session", 200, HERE));
  assert.ok(!hasEnded("/login/passkey", 401, HERE));
  assert.ok(!hasEnded("https://tiles.example/_dash/1.png", 401, HERE));
});

test("nobody is led to another house", () => {
  assert.ok(isOwn("/wall?scene=map", HERE));
  for (const bad of ["//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example", "", "/\n/evil.example"]) {
    assert.ok(!isOwn(bad, HERE), bad);
  }
});

test("the page's token is found among the cookies", () => {
  assert.equal(pageToken("a=1; lianxin_csrf=x.y; b=2"), "x.y");
  assert.equal(pageToken("not_lianxin_csrf=z"), "");
  assert.equal(pageToken(""), "");
});
