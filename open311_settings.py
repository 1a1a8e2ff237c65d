"""The settings of Open311: what is offered to others, and what is taken from another city."""

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings


class Open311Settings(BaseSettings):
    """Name, default, unit and meaning of each; part of `settings.Settings`."""

    open311: Literal["off", "read", "post"] = Field(
        "off", description="Open311 for everybody: reading, or also handing requests in by a key"
    )
    open311_words: bool = Field(False, description="show the masked words of requests to everybody")
    open311_jurisdiction: str = Field(
        "", max_length=128, description="jurisdiction_id of this city, such as its web address"
    )
    open311_contact: str = Field(
        "", max_length=500, description="whom programmers ask about Open311 and for a key"
    )
    open311_per_minute: int = Field(
        600, ge=6, description="calls a client may make, and requests a key may hand in, per minute"
    )
    open311_poll_url: str | None = Field(
        None, description="Open311 address of another city whose requests are taken"
    )
    open311_poll_jurisdiction: str = Field(
        "", max_length=128, description="jurisdiction_id to ask that city with"
    )
    open311_poll_mapping: str = Field(
        "open311", description="how its requests are read: a shipped mapping or a TOML file"
    )
    open311_poll_format: Literal["json", "xml"] = Field(
        "json", description="form that city's server is asked for"
    )
    open311_poll_s: float = Field(
        300, ge=1, le=86_400, description="pause between two polls of that city, s"
    )
    open311_poll_back_d: int = Field(
        90, ge=1, le=3650, description="days back that are taken at first, and read again in turn"
    )

    @field_validator("open311_poll_url")
    @classmethod
    def _address(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an address such as https://311.example.org/open311/v2")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("must be a plain address, without a name, a password or a query")
        return url.rstrip("/")
