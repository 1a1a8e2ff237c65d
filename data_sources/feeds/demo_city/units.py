"""Which departments a ticket may be sent to, and in which order they will be asked."""

from collections.abc import Sequence

import numpy as np

from data_sources.feeds.demo_city.rates import Floats, Ints, Rates

MOST = 4
GOVERNMENT = "gov"
NOBODY = -1


class Units:
    """The departments by category and district.

    `departments`: codes in the order their numbers mean. `governments`: each district's own
    government, in the order of `districts`.
    """

    def __init__(
        self,
        rates: Rates,
        *,
        departments: Sequence[str],
        districts: Sequence[str],
        governments: Sequence[str],
    ) -> None:
        self.codes = list(departments)
        self.district_shares = _shares(rates, districts)
        usual = rates.units["usual"]
        habits = [rates.units.get(code, usual) for code in self.codes]
        self.pace: Floats = np.array([one.pace for one in habits])
        self.pleases: Floats = np.array([one.pleases for one in habits])
        number = {code: n for n, code in enumerate(self.codes)}
        count = len(rates.categories)
        self._units: Ints = np.full((count, len(districts), MOST), NOBODY, dtype=np.int64)
        self._weights: Floats = np.zeros((count, MOST))
        for row, category in enumerate(rates.categories.values()):
            asked = sorted(category.units.items(), key=lambda pair: -pair[1])[:MOST]
            for column, (word, weight) in enumerate(asked):
                self._weights[row, column] = weight
                for place, district in enumerate(districts):
                    own = rates.own_units.get(district, {})
                    code = governments[place] if word == GOVERNMENT else own.get(word, word)
                    if number[code] not in self._units[row, place]:
                        self._units[row, place, column] = number[code]

    def number(self, code: str) -> int:
        """Give the number of a department."""
        return self.codes.index(code)

    def draw(self, rng: np.random.Generator, category: Ints, district: Ints) -> Ints:
        """Draw the order in which departments are asked: (tickets, 4), repeating the known ones."""
        candidates, weights = self._units[category, district], self._weights[category]
        with np.errstate(divide="ignore"):
            keys = np.log(weights) + rng.gumbel(size=weights.shape)
        order = np.argsort(np.where(candidates == NOBODY, np.inf, -keys), axis=1)
        drawn = np.take_along_axis(candidates, order, axis=1)
        for column in range(1, MOST):
            missing = drawn[:, column] == NOBODY
            drawn[missing, column] = drawn[missing, column - 1 if column == 1 else column - 2]
        return drawn


def _shares(rates: Rates, districts: Sequence[str]) -> Floats:
    shares = np.array([rates.districts.get(code, 0.0) for code in districts])
    if not shares.sum():
        shares = np.ones(len(districts))
    return np.asarray(shares / shares.sum(), dtype=np.float64)
