"""The doors that are open: what is behind them shows nothing of the city, or has its own lock."""

OPEN311 = tuple(
    f"/open311/v2/{path}{end}"
    for path in (
        *("discovery", "services", "services/<path:code>", "requests", "requests/<number>"),
        "tokens/<token>",
    )
    for end in ("", ".<any(json, xml):form>")
)
"""The counter for everybody: while its setting is off it says so and nothing else."""

OPEN_TO_READ = (
    "/healthz",
    "/api/v1/session",
    "/api/v1/openapi.json",
    "/api/v1/screens/me/live",  # a wall has a token of its own
    # what makes a leader's page installable names no city and no person
    "/leader/manifest.webmanifest",
    "/leader/worker.js",
    "/login/sso",
    "/login/sso/back",
    # What Dash itself serves holds the program, nothing of the city.
    "/assets/<path:filename>",
    "/assets/joined-<name>",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "/_dash-layout",
    "/_dash-dependencies",
    "/_favicon.ico",
    "/_reload-hash",
    *OPEN311,
    "/open311/<path:_rest>",
)
OPEN_TO_POST = (
    "/api/v1/tickets",  # the intake has a token of its own
    "/login",
    "/login/second",
    "/login/demo",
    "/login/passkey/options",
    "/login/passkey",
    "/api/v1/screens/me",  # a wall asks what it is, by its own token or by none
    "/logout",  # whoever is signed in, however far
    "/open311/v2/requests",  # a key in the form opens it
    "/open311/v2/requests.<any(json, xml):form>",
)
