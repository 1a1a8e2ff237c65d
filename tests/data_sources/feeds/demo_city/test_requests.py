"""Scenes asked for by another process."""

import pytest

from data_sources.feeds.demo_city.requests import RedisRequests, request_scene
from operations.errors import BadInput


def test_a_scene_asked_for_is_heard_once(valkey, demo):
    requests = RedisRequests(valkey)
    assert requests.take() == []
    request_scene(valkey, "yellow_water", demo.rates.scenes)
    request_scene(valkey, "lodging", demo.rates.scenes)
    assert requests.take() == ["yellow_water", "lodging"]
    assert requests.take() == []


def test_an_unknown_scene_is_refused_with_those_there_are(valkey, demo):
    with pytest.raises(BadInput, match="yellow_water"):
        request_scene(valkey, "earthquake", demo.rates.scenes)
