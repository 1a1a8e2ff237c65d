"""Every setting of the product: one frozen object, read once by each door."""

import json
import os
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any, Literal

from pydantic import AliasChoices, Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import SettingsConfigDict

from dispute_settings import DisputeSettings
from duty_settings import DutySettings
from incident_settings import IncidentSettings
from open311_settings import Open311Settings
from operations.errors import BadInput

LOOPBACK = ("127.0.0.1", "localhost")


class Settings(DisputeSettings, DutySettings, IncidentSettings, Open311Settings):
    """Name, default, unit and meaning of each setting; `docs/settings.md` lists the same."""

    model_config = SettingsConfigDict(
        env_prefix="LIANXIN_", frozen=True, extra="ignore", populate_by_name=True
    )

    data_dir: Path = Field(Path("var"), description="folder of everything that is kept")
    tls_cert: Path | None = Field(None, description="certificate of the web server, PEM")
    tls_key: Path | None = Field(
        None, validate_default=True, description="key of that certificate, PEM"
    )
    trusted_proxy: str = Field(
        "", description="addresses of the HTTPS proxy in front, whose X-Forwarded-* is believed"
    )
    accounts: Literal["off", "on"] = Field(
        "off", description="people sign in; anything but loopback needs it"
    )
    host: str = Field(
        "127.0.0.1", description="address to listen on; others with accounts and TLS only"
    )
    names: str = Field(
        "", description="names this server is reached by; without them this machine's on loopback"
    )
    port: int = Field(
        8050,
        ge=1,
        le=65535,
        validation_alias=AliasChoices("PORT", "LIANXIN_PORT"),
        description="port of the web server",
    )
    redis_url: str | None = Field(
        None,
        validation_alias=AliasChoices("REDIS_URL", "LIANXIN_REDIS_URL"),
        description="Redis or Valkey server; without it a private one is started",
    )
    database_url: str | None = Field(
        None,
        validation_alias=AliasChoices("DATABASE_URL", "LIANXIN_DATABASE_URL"),
        description="PostgreSQL or SQLite database; without it SQLite in the data folder",
    )
    city: str = Field(
        "yantai",
        description="shipped city, folder of a city's files, or `mapping:NAME` for a city "
        "that has only a mapping",
    )
    timezone: str | None = Field(None, description="IANA time zone; without it the city's own")
    rules: str | None = Field(
        None, description="rules of time: a shipped set, a TOML file, or none; else the city's own"
    )
    language: Literal["zh", "en"] = Field("zh", description="language a screen starts in")
    clock: Literal["real", "stream"] = Field(
        "real", description="whose time the city lives on: this machine's, or the stream's"
    )
    pace: float = Field(1.0, gt=0, le=3600, description="demo city: its hours per real hour")
    demo: bool = Field(True, description="live the demo city")
    demo_seed: int = Field(12345, ge=0, description="seed of the demo city")
    demo_history_d: int = Field(67, ge=0, le=730, description="demo city: days of history, days")
    figures_d: int = Field(30, ge=1, le=730, description="period of the rates, days")
    few_cases: int = Field(
        20, ge=1, le=10_000, description="cases below which a figure is shown, but not judged"
    )
    ranks: bool = Field(False, description="departments have places, not only bands")
    keep_hours_d: int = Field(
        62, ge=1, le=3660, description="days for which figures are kept by the hour"
    )
    reports: bool = Field(True, description="make the reports of days, weeks and months")
    reports_at: str = Field(
        "06:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="when they are made, local time"
    )
    reports_scopes: str = Field(
        "", description="whose reports are made besides the city's: district-370681,department-…"
    )
    keep_reports_d: int = Field(
        1096, ge=0, description="days that reports are kept after their period; 0: ever"
    )
    baseline_weeks: int = Field(8, ge=2, le=26, description="weeks the expected band rests on")
    alerts_per_week: float = Field(
        1.0, gt=0, le=50, description="false alarms the whole city may cost, per week"
    )
    detection_seed: int = Field(1, ge=0, description="seed of the ordinary times lived through")
    watch: bool = Field(True, description="watch for clusters")
    least_callers: int = Field(5, ge=1, description="callers below which a map cell is merged")
    actor: str = Field(
        "值班员", max_length=60, pattern=r"\S", description="who acts where there are no accounts"
    )
    security_profile: Literal["plain", "dengbao"] = Field(
        "plain", description="rules of passwords; dengbao asks for composition, change, two proofs"
    )
    password_least: int = Field(10, ge=8, le=64, description="characters a password has at least")
    session_idle_min: float = Field(
        30, gt=0, le=1440, description="after how long without a request a session ends, minutes"
    )
    session_absolute_h: float = Field(
        12, gt=0, le=720, description="after how long a session ends in any case, hours"
    )
    oidc_issuer: str | None = Field(None, description="identity provider people may sign in by")
    oidc_client_id: str | None = Field(None, description="what the provider knows Lianxin as")
    oidc_client_secret: str | None = Field(None, description="the secret of that client")
    alarms_in_ten_minutes: int = Field(
        10, ge=1, le=1000, description="alarms announced in ten minutes at most"
    )
    alarm_hold_min: float = Field(
        10, ge=0, le=1440, description="how long a reason is gone before it leaves, minutes"
    )
    alarm_guard_min: float = Field(
        60, ge=0, le=10_080, description="how long a cleared alarm may come back as itself, minutes"
    )
    audit_file: Path | None = Field(
        None, description="file the audit log is kept in beside the database; without it audit.log"
    )
    audit_syslog: str | None = Field(
        None, description="syslog that gets every line of the audit log too"
    )
    intake_token: str | None = Field(
        None, min_length=16, description="bearer token of the intake; else one is made and kept"
    )
    sealing_keys_file: Path | None = Field(
        None, description="file of the keys that seal; else one is made in the data folder"
    )
    keep_person_d: int = Field(
        365, ge=0, description="days after closing that a ticket's person is kept sealed; 0: ever"
    )
    keep_words_d: int = Field(
        1095, ge=0, description="days after closing that words as delivered are kept; 0: ever"
    )
    keep_set_aside_d: int = Field(
        90, ge=0, description="days that refused records are kept sealed; 0: ever"
    )
    body_limit_mb: float = Field(10.0, gt=0, le=1024, description="largest request body, MB")
    most_names: int = Field(
        2_000, ge=1, le=5_000, description="names of a kind that grow from tickets, at most"
    )
    intake_per_minute: int = Field(
        60_000, ge=1, description="requests a client may post to the intake, per minute"
    )
    reads_per_minute: int = Field(
        12_000, ge=6, description="requests a client may send to all else, per minute"
    )
    wall_distance_m: float = Field(4.0, gt=0, le=50, description="farthest seat from the wall, m")
    wall_pitch_mm: float | None = Field(
        None, gt=0, le=20, description="pixel pitch of the wall, mm; without it from the width"
    )
    wall_rotation: str = Field(
        "",
        pattern=r"^([a-z]+:\d+(,[a-z]+:\d+)*)?$",
        description="scenes the wall goes through by itself, with seconds: overview:30,map:20",
    )
    wall_jump_s: int = Field(
        60, ge=0, le=3600, description="how long a new critical alarm's scene stands, s; 0: never"
    )
    boundaries: Path | None = Field(
        None, description="GeoJSON of the districts of your own, WGS84; instead of the shipped"
    )
    tile_url: str | None = Field(None, description="map tiles of your own, Leaflet template")
    tile_attribution: str = Field("", description="attribution and 审图号 of those tiles")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="least severity that is logged"
    )

    @field_validator("tls_key")
    @classmethod
    def _key_and_certificate(cls, key: Path | None, told: ValidationInfo) -> Path | None:
        if (key is None) != (told.data.get("tls_cert") is None):
            raise ValueError("a certificate and its key go together: --tls-cert and --tls-key")
        return key

    @field_validator("tls_cert", "tls_key")
    @classmethod
    def _readable(cls, file: Path | None) -> Path | None:
        if file is not None and not (file.is_file() and os.access(file, os.R_OK)):
            raise ValueError("cannot be read")
        return file

    @field_validator("trusted_proxy")
    @classmethod
    def _networks(cls, written: str) -> str:
        _networks_of(written)  # says what is wrong with it
        return written

    @field_validator("host")
    @classmethod
    def _safe_beyond_loopback(cls, host: str, told: ValidationInfo) -> str:
        alone = host == "localhost" or ip_address(host).is_loopback
        proxied = bool(told.data.get("trusted_proxy"))
        if not alone and not told.data.get("tls_cert") and not proxied:
            raise ValueError(
                "beyond loopback only TLS is spoken: give --tls-cert and --tls-key, or name the "
                "HTTPS proxy in front in LIANXIN_TRUSTED_PROXY"
            )
        if (proxied or not alone) and told.data.get("accounts") != "on":
            raise ValueError(
                "without accounts this machine alone is served, and no proxy; set"
                " LIANXIN_ACCOUNTS=on and make the first account with `python app.py users add`"
            )
        return host

    @property
    def demo_accounts(self) -> bool:
        """Tell whether each role has an account of one press: a demo on this machine alone."""
        alone = self.host in LOOPBACK and not self.trusted_proxy
        return self.accounts == "on" and self.demo and alone

    @property
    def known_names(self) -> frozenset[str] | None:
        """The names a request may be for; None for any: where people sign in beyond loopback."""
        said = {one.strip().strip("[]").casefold() for one in self.names.split(",") if one.strip()}
        if said:
            return frozenset({*said, *LOOPBACK, "::1"})
        alone = self.host == "localhost" or ip_address(self.host).is_loopback
        return (
            frozenset({*LOOPBACK, "::1", self.host}) if alone and not self.trusted_proxy else None
        )

    @property
    def proxies(self) -> list[IPv4Network | IPv6Network]:
        """The networks of the proxy in front."""
        return _networks_of(self.trusted_proxy)

    @property
    def url(self) -> str:
        """Where this machine reaches the web server."""
        everywhere = self.host in ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
        host = "127.0.0.1" if everywhere else self.host
        host = f"[{host}]" if ":" in host else host
        return f"{'https' if self.tls_cert else 'http'}://{host}:{self.port}"


def _networks_of(written: str) -> list[IPv4Network | IPv6Network]:
    """Read a list of addresses and networks, parted by commas."""
    return [ip_network(one.strip()) for one in written.split(",") if one.strip()]


def read_settings(**overrides: object) -> Settings:
    """Read the environment, overridden by what the command line gave.

    Raises BadInput with the variable's name when a value cannot be used.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        variable = name if name.isupper() else f"LIANXIN_{name.upper()}"
        reason = first["msg"].removeprefix("Value error, ")
        raise BadInput(variable, f"{reason} (got {first.get('input')!r})") from error


KEPT_FILE = "settings.json"
KEPT = (
    *("city", "timezone", "rules", "clock", "pace", "demo", "redis_url", "database_url"),
    *("figures_d", "baseline_weeks", "least_callers", "audit_file", "audit_syslog"),
    *("few_cases", "ranks", "language"),
    *("sealing_keys_file", "security_profile", "password_least"),
    *DutySettings.model_fields,
    *IncidentSettings.model_fields,
    *(name for name in Open311Settings.model_fields if name.startswith("open311_poll")),
)
"""What a command that joins a running system must not see otherwise than the system does."""


def keep_settings(settings: Settings) -> None:
    """Leave the settings of a running system in its data folder, for its owner alone."""
    path = settings.data_dir / KEPT_FILE
    said = {name: getattr(settings, name) for name in KEPT}
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        json.dump(said, file, default=str)  # paths


def read_kept_settings(data_dir: Path | None) -> Settings:
    """Read the settings as the system that lives, or last lived, in the data folder has them."""
    settings = read_settings(data_dir=data_dir)
    try:
        kept: dict[str, Any] = json.loads((settings.data_dir / KEPT_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return settings
    return read_settings(data_dir=data_dir, **kept)
